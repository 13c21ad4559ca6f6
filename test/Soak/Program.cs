using Soak;

// dotnet run -c Release --project test/Soak -- [--websockets 5000] [--polling 200] [--seconds 60]
// dotnet run -c Release --project test/Soak -- --recovery [--seconds 60]
// A server in a process of its own, many clients in this one; fails on the first wrong answer, and when anything is left behind.
var options = SoakOptions.Parse(args);
if (options.IsServer) return await SoakServer.RunAsync(options);
return options.Recovers ? await RecoveryRun.RunAsync(options) : await SoakRun.RunAsync(options);
