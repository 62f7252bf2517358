using Picket.WorkspaceOne.Emulator;

return await CommandLine.Build().Parse(args).InvokeAsync();
