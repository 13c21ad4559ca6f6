using SocketIO.AspNetCore.Internal;

namespace SocketIO.AspNetCore.Tests.Security;

/// <summary>Ids are secrets: whoever has seen some of them knows nothing of the others.</summary>
[Trait("Spec", "SEC-HS-05")]
public sealed class RandomIdTests
{
    private const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    [Fact]
    public void IdsOfSocketsAndOfRecoveryAreEvenlySpread()
    {
        const int Count = 64_000;
        string[] ids = [.. Enumerable.Range(0, Count).Select(_ => SocketId.Next())];
        Assert.Equal(Count, ids.Distinct().Count());
        for (int place = 0; place < 20; place++)
        {
            int[] seen = new int[64];
            foreach (string id in ids) seen[Digits.IndexOf(id[place], StringComparison.Ordinal)]++;
            // A thousand of each are expected, with a deviation of 31.
            Assert.All(seen, count => Assert.InRange(count, 700, 1300));
        }
    }

    [Fact]
    public void NoSecretComesFromAGeneratorThatCanBeForeseen()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "SocketIO.slnx"))) root = root.Parent!;
        // A drain spreads its disconnections at random, which is no secret; clients make none, they wait for random times.
        var files = new DirectoryInfo(Path.Combine(root.FullName, "src")).EnumerateFiles("*.cs", SearchOption.AllDirectories)
            .Where(file => !file.FullName.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && file.Name != "SocketIOServer.Drain.cs"
                && !file.FullName.Contains($".Client{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file =>
        {
            string text = File.ReadAllText(file.FullName);
            foreach (string generator in (string[])["new Random(", "Random.Shared", "Guid.NewGuid"]) Assert.DoesNotContain(generator, text, StringComparison.Ordinal);
        });
        foreach (string name in (string[])["SessionId.cs", "SocketId.cs"])
            Assert.Contains("RandomNumberGenerator.Fill", File.ReadAllText(files.Single(file => file.Name == name).FullName), StringComparison.Ordinal);
    }
}
