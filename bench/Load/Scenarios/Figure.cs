namespace Load.Scenarios;

/// <summary>One number that a scenario has measured; less is better.</summary>
/// <param name="Row">Its row in the table.</param>
/// <param name="Value">In the unit of the row.</param>
internal readonly record struct Figure(string Row, double Value);
