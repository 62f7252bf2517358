using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Picket.Cli;

/// <summary>The usual help, then examples: a command's own, or the first one of each command below it.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    public static void AddTo(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var code = usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var examples = Of(parseResult.CommandResult.Command).ToList();
        if (examples.Count == 0)
            return code;
        output.WriteLine(examples.Count == 1 ? "Example:" : "Examples:");
        foreach (var example in examples)
            output.WriteLine("  " + example);
        output.WriteLine();
        return code;
    }

    private static IEnumerable<string> Of(Command command) =>
        command switch
        {
            Verb verb => verb.Examples,
            // The top names its own in its description.
            RootCommand => [],
            _ => command.Subcommands.OfType<Verb>().Select(verb => verb.Examples[0]),
        };
}
