return await FirstSteps.RunAsync(args);
