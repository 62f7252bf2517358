using System.CommandLine;
using System.CommandLine.Parsing;
using Picket.Api;

namespace Picket.Cli.Commands;

/// <summary>The kinds of import files, as people write them.</summary>
internal static class ImportKinds
{
    private const string Words = "users|devices|group-members";

    public static Argument<ImportKind> Argument() =>
        new("kind")
        {
            Description = "What its lines name: users, devices or group-members.",
            HelpName = Words,
            CustomParser = Read,
        };

    public static Option<ImportKind> Option() =>
        new("--kind")
        {
            Description = "What its lines name: users, devices or group-members.",
            HelpName = Words,
            Required = true,
            CustomParser = Read,
        };

    public static string Word(ImportKind kind) =>
        kind switch
        {
            ImportKind.Users => "users",
            ImportKind.Devices => "devices",
            _ => "group-members",
        };

    private static ImportKind Read(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        foreach (var kind in Enum.GetValues<ImportKind>())
        {
            if (
                text.Equals(Word(kind), StringComparison.OrdinalIgnoreCase)
                || text.Equals(kind.ToString(), StringComparison.OrdinalIgnoreCase)
            )
                return kind;
        }
        result.AddError($"'{text}' is no kind of import file; there are users, devices and group-members.");
        return default;
    }
}
