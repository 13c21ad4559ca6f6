namespace Load;

/// <summary>A run that cannot count: a wrong byte came back, or nothing did.</summary>
internal sealed class LoadException(string message) : Exception(message);
