namespace Load.Scenarios;

/// <summary>A row of the table.</summary>
/// <param name="Name">What its figures are called.</param>
/// <param name="Title">Its first column.</param>
/// <param name="Unit">Of its figures.</param>
internal sealed record Row(string Name, string Title, string Unit = "µs");
