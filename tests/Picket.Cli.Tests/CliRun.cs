namespace Picket.Cli.Tests;

/// <summary>One run of the command line inside the test, with captured consoles.</summary>
internal sealed record CliRun(int Code, string Out, string Error)
{
    public static Task<CliRun> AgainstAsync(PicketStub stub, params string[] args) =>
        WithAsync(args, Signed(stub), input: "");

    public static Dictionary<string, string> Signed(PicketStub stub) =>
        new() { ["PICKET_SERVER"] = stub.Address, ["PICKET_TOKEN"] = PicketStub.Token };

    public static async Task<CliRun> WithAsync(
        string[] args,
        IReadOnlyDictionary<string, string> environment,
        string input,
        string? configFolder = null,
        int width = 80,
        CancellationToken? cancellation = null
    )
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var terminal = new Terminal
        {
            In = new StringReader(input),
            Out = output,
            Error = error,
            Width = width,
            Environment = environment.GetValueOrDefault,
            ConfigFolder = configFolder ?? Path.Combine(Path.GetTempPath(), "picket-" + Guid.NewGuid().ToString("N")),
        };
        var code = await PicketCommand.RunAsync(args, terminal, cancellation ?? TestContext.Current.CancellationToken);
        return new CliRun(code, output.ToString(), error.ToString());
    }
}
