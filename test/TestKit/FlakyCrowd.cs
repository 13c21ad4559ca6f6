namespace TestKit;

/// <summary>Many clients that lose their connections, in rooms to which numbered events go: 100 a second, in turn. A few rooms are quiet.</summary>
/// <remarks>The server puts each client into the room that its query names (<c>room</c>), and emits what <see cref="RunAsync"/> says.</remarks>
public sealed class FlakyCrowd(Uri server, int clients, bool keepsOldConnections)
{
    private const int BusyRooms = 4;
    private const int RareInterval = 50;

    private readonly Dictionary<string, List<int>> _sent = new(StringComparer.Ordinal);

    /// <summary>Lets the crowd listen.</summary>
    /// <param name="duration">For how long there are events and interruptions.</param>
    /// <param name="emit">Emits an event with a number to a room.</param>
    /// <param name="end">Emits the event <c>end</c> to all.</param>
    /// <returns>What was found.</returns>
    public async Task<Report> RunAsync(TimeSpan duration, Func<string, int, ValueTask> emit, Func<ValueTask> end)
    {
        var rooms = Enumerable.Range(0, clients).Select(RoomOf).ToList();
        var crowd = rooms.Select((room, i) => new FlakyClient(server, isPolling: i % 2 == 1, $"&room={room}")).ToList();
        using var stop = new CancellationTokenSource();
        var running = crowd.Select((client, i) => StartAsync(client, new Random(i), stop.Token)).ToList();
        await Task.WhenAll(crowd.Select(static client => client.Granted)).WithDeadline("the first grants").ConfigureAwait(false);

        var number = await EmitAsync(duration, emit).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        // Rooms in which nothing has happened until now.
        await SendAsync("silent", [number++], emit).ConfigureAwait(false);
        await end().ConfigureAwait(false);
        await Task.WhenAll(running).WithDeadline("the end of all clients", TimeSpan.FromSeconds(60)).ConfigureAwait(false);
        return Judge(crowd, rooms, number);
    }

    // Of twelve clients ten are in busy rooms; one hears something twice a second, and one nothing until the end.
    private static string RoomOf(int client) => (client % 12) switch
    {
        0 or 1 => "rare",
        2 or 3 => "silent",
        var other => $"busy{other % BusyRooms}",
    };

    private Task StartAsync(FlakyClient client, Random random, CancellationToken stop) => client.RunAsync(
        () => TimeSpan.FromMilliseconds(random.Next(200, 2000)),
        () => keepsOldConnections ? null : TimeSpan.FromMilliseconds(random.Next(2000)),
        stop);

    // What is due for different rooms is emitted at the same time, as by handlers of different clients.
    private async Task<int> EmitAsync(TimeSpan duration, Func<string, int, ValueTask> emit)
    {
        var number = 0;
        long start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) is var elapsed && elapsed < duration)
        {
            var due = (int)(elapsed.TotalSeconds * 100);
            var rooms = Enumerable.Range(number, due - number).GroupBy(static n => n % RareInterval == 0 ? "rare" : $"busy{n % BusyRooms}");
            await Task.WhenAll([.. rooms.Select(room => SendAsync(room.Key, room, emit))]).ConfigureAwait(false);
            number = due;
            await Task.Delay(40).ConfigureAwait(false);
        }

        return number;
    }

    private Task SendAsync(string room, IEnumerable<int> numbers, Func<string, int, ValueTask> emit)
    {
        if (!_sent.TryGetValue(room, out var sent)) _sent[room] = sent = [];
        sent.AddRange(numbers);
        return Task.Run(async () =>
        {
            foreach (int number in numbers) await emit(room, number).ConfigureAwait(false);
        });
    }

    private Report Judge(List<FlakyClient> crowd, List<string> rooms, int sent)
    {
        int lost = 0, doubled = 0, disordered = 0;
        for (var i = 0; i < crowd.Count; i++)
        {
            var expected = _sent[rooms[i]];
            var numbers = crowd[i].Numbers;
            lost += expected.Except(numbers).Count();
            doubled += numbers.Count - numbers.Distinct().Count();
            if (!numbers.SequenceEqual(numbers.Order())) disordered++;
        }

        return new(
            sent, crowd.Sum(static client => client.Numbers.Count), lost, doubled, disordered, crowd.Sum(static client => client.Recoveries), crowd.Sum(static client => client.Losses));
    }

    /// <param name="Sent">Events that were emitted.</param>
    /// <param name="Received">Events that clients got.</param>
    /// <param name="Lost">Events that a client did not get.</param>
    /// <param name="Doubled">Events that a client got again.</param>
    /// <param name="Disordered">Clients that got events in another order.</param>
    /// <param name="Recoveries">Restored sessions.</param>
    /// <param name="NewSessions">Sessions that were not.</param>
    public sealed record Report(int Sent, int Received, int Lost, int Doubled, int Disordered, int Recoveries, int NewSessions)
    {
        /// <summary>Whether all got everything, once and in order, with their sessions.</summary>
        public bool IsClean => this is { Lost: 0, Doubled: 0, Disordered: 0, NewSessions: 0, Recoveries: > 0 };
    }
}
