using Picket.Cli;

return await PicketCommand.RunAsync(args, Terminal.OfThisProcess(), CancellationToken.None);
