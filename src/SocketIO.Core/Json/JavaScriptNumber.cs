namespace SocketIO.Json;

internal static class JavaScriptNumber
{
    internal static string ToString(double value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
