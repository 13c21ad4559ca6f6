namespace Fuzz;

/// <summary>What a case found, and the smallest case that still shows it.</summary>
public sealed class FuzzException(string message) : Exception(message);
