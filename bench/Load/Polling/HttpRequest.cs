using System.Text;

namespace Load.Polling;

internal static class HttpRequest
{
    public static string Head(string method, string path, int length) =>
        $"{method} {path} HTTP/1.1\r\nHost: localhost\r\n" +
        (method == "POST" ? $"Content-Type: text/plain;charset=UTF-8\r\nContent-Length: {length}\r\n" : "") + "\r\n";

    public static byte[] Encode(string method, string path, string body = "") => Encoding.UTF8.GetBytes(Head(method, path, body.Length) + body);
}
