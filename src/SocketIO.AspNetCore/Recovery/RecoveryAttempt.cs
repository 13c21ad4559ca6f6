namespace SocketIO.AspNetCore.Recovery;

/// <summary>What a connecting client got of its former session.</summary>
/// <param name="Outcome">What became of its wish.</param>
/// <param name="Restored">The session; null unless it was restored.</param>
/// <param name="Holder">The right to it.</param>
internal readonly record struct RecoveryAttempt(RecoveryOutcome Outcome, RestoredSession? Restored = null, SessionHolder? Holder = null);
