namespace SocketIO.AspNetCore.Recovery;

/// <summary>An adapter's answer to a client that wants its session back.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Restored">The session, which nobody else gets; null unless the outcome is <see cref="RecoveryOutcome.Recovered"/>.</param>
public readonly record struct RestoreResult(RecoveryOutcome Outcome, RestoredSession? Restored = null);
