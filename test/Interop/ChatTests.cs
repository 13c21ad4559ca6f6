namespace Interop.Tests;

/// <summary>The sample that the README's first command runs, in a real browser with the bundle that the server serves.</summary>
[Trait("Spec", "SRV-STAT-08")]
public sealed class ChatTests
{
    [Fact, Trait("Spec", "SRV-SCN-01"), Trait("Spec", "SRV-SCN-02")]
    public async Task TwoPagesTalkThroughARestart()
    {
        var address = ChatProcess.FreeAddress();
        var chat = await ChatProcess.StartAsync(address);
        try
        {
            var settings = new Dictionary<string, object> { ["url"] = address.OriginalString };
            // For a look at the page: a folder for pictures of it.
            if (Environment.GetEnvironmentVariable("CHAT_PICTURES") is { Length: > 0 } pictures) settings["pictures"] = pictures;
            await Script.RunAsync("chat.mjs", settings, async request =>
            {
                if (request == "kill")
                {
                    chat.AssertNoErrors();
                    await chat.KillAsync();
                }
                else
                {
                    await chat.DisposeAsync();
                    chat = await ChatProcess.StartAsync(address);
                }
            });
            chat.AssertNoErrors();
        }
        finally
        {
            await chat.DisposeAsync();
        }
    }
}
