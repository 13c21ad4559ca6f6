namespace Load.Wires;

/// <summary>What a client sends after the upgrade, if anything, and how the answer begins.</summary>
internal readonly record struct OpeningStep(byte[] Frame, byte[] Answer);
