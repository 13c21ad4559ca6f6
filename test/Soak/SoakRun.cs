using System.Diagnostics;
using System.Globalization;

namespace Soak;

/// <summary>Drives the clients and judges what the server says before and after.</summary>
internal static class SoakRun
{
    public static async Task<int> RunAsync(SoakOptions options)
    {
        using var server = StartServer(options);
        try
        {
            var url = new Uri($"http://localhost:{options.Port}");
            using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue }) { Timeout = TimeSpan.FromMinutes(2) };
            await WaitForServerAsync(http, url);
            // A first wave makes the server allocate what it keeps for good: pools, dictionaries, compiled code.
            await DriveAsync(http, url, options with { Seconds = 3 });
            var before = await SettledAsync(http, url, heapBytes: 0);
            Console.WriteLine($"before: {before}");
            var echoes = await DriveAsync(http, url, options);
            var after = await SettledAsync(http, url, before.HeapBytes);
            Console.WriteLine($"after:  {after}");
            Console.WriteLine($"{options.WebSockets} WebSocket and {options.Polling} polling clients, {options.Seconds} s: {echoes} echoes, no error");
            var isClean = after is { Sessions: 0, Sockets: 0, Rooms: 0 } && after.HeapBytes <= before.HeapBytes * 1.1;
            Console.WriteLine(isClean ? "nothing is left behind" : "SOMETHING IS LEFT BEHIND");
            return isClean ? 0 : 1;
        }
        finally
        {
            server.Kill();
        }
    }

    private static async Task<long> DriveAsync(HttpClient http, Uri url, SoakOptions options)
    {
        using var failure = new CancellationTokenSource();
        long echoes = 0;
        using var admission = new SemaphoreSlim(100);
        var running = Stopwatch.StartNew();
        var clients = Enumerable.Range(0, options.WebSockets + options.Polling)
            .Select(i => RunClientAsync(i < options.WebSockets ? new WebSocketEcho(url) : new PollingEcho(http, url)));
        await Task.WhenAll(clients);
        return echoes;

        async Task RunClientAsync(IEcho client)
        {
            using var owned = client;
            try
            {
                await admission.WaitAsync(failure.Token);
                await client.ConnectAsync(failure.Token);
                admission.Release();
                using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1));
                for (var number = 0; running.Elapsed.TotalSeconds < options.Seconds; number++)
                {
                    await client.EchoAsync(number, failure.Token);
                    Interlocked.Increment(ref echoes);
                    await beat.WaitForNextTickAsync(failure.Token);
                }

                await client.DisconnectAsync();
            }
            catch
            {
                await failure.CancelAsync();
                throw;
            }
        }
    }

    // Pools give back what they do not use bit by bit, over two minutes; until then the figures are not the server's own.
    private static async Task<SoakServer.Stats> SettledAsync(HttpClient http, Uri url, long heapBytes)
    {
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            var stats = (await http.GetFromJsonAsync<SoakServer.Stats>(new Uri(url, "/stats")))!;
            if ((stats is { Sessions: 0, Sockets: 0, Rooms: 0 } && stats.HeapBytes <= heapBytes) || waiting.Elapsed > TimeSpan.FromSeconds(150)) return stats;
            await Task.Delay(TimeSpan.FromSeconds(5));
            Console.WriteLine($"  {waiting.Elapsed.TotalSeconds:0} s: {stats}");
        }
    }

    internal static async Task WaitForServerAsync(HttpClient http, Uri url)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await http.GetStringAsync(new Uri(url, "/stats"));
                return;
            }
            catch (HttpRequestException) when (attempt < 100)
            {
                await Task.Delay(100);
            }
        }
    }

    internal static Process StartServer(SoakOptions options) => Process.Start(new ProcessStartInfo(
        Environment.ProcessPath!,
        [.. Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? [typeof(SoakRun).Assembly.Location] : Array.Empty<string>(),
            "--server", "--port", options.Port.ToString(CultureInfo.InvariantCulture), .. options.Recovers ? ["--recovery"] : Array.Empty<string>()]))!;
}
