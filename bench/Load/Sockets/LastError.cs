using System.Runtime.InteropServices;

namespace Load.Sockets;

internal static class LastError
{
    public static int Check(int result, string call) =>
        result >= 0 ? result : throw new IOException($"{call}: {Marshal.GetLastPInvokeErrorMessage()}");
}
