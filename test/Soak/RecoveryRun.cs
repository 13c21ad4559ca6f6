using TestKit;

namespace Soak;

/// <summary>200 clients whose connections are cut at random for up to 2 s, or are replaced without the server noticing, while 100 numbered messages a second go to their rooms.</summary>
internal static class RecoveryRun
{
    public static async Task<int> RunAsync(SoakOptions options)
    {
        using var server = SoakRun.StartServer(options);
        try
        {
            var url = new Uri($"http://localhost:{options.Port}");
            using var http = new HttpClient();
            await SoakRun.WaitForServerAsync(http, url);
            var isClean = true;
            foreach (var keepsOldConnections in (bool[])[false, true])
            {
                var crowd = new FlakyCrowd(url, clients: 200, keepsOldConnections);
                var report = await crowd.RunAsync(
                    TimeSpan.FromSeconds(options.Seconds), (room, number) => PostAsync($"/emit/{room}/{number}"), () => PostAsync("/end"));
                Console.WriteLine($"{(keepsOldConnections ? "replaced" : "cut")}: {report}");
                isClean &= report.IsClean;
            }

            return isClean ? 0 : 1;

            async ValueTask PostAsync(string path)
            {
                using var answer = await http.PostAsync(new Uri(url, path), content: null);
                answer.EnsureSuccessStatusCode();
            }
        }
        finally
        {
            server.Kill();
        }
    }
}
