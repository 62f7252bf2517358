using Picket.Api;

namespace Picket.Cli.Output;

/// <summary>What an app is told on the device, for people.</summary>
internal static class ConfigurationText
{
    private static readonly Column<ConfigurationKey>[] Keys =
    [
        new("Key", row => row.Key, Exact: true),
        new("Value", row => row.Value, Exact: true),
    ];

    private static readonly Column<(string Path, DeclaredKey Key)>[] Declared =
    [
        new("Declared by the app", row => row.Path, Exact: true),
        new("Type", row => row.Key.Type is { } type ? $"{type}" : $"{row.Key.UemType}: Picket cannot write it"),
    ];

    private static readonly Column<LookupName>[] Lookups =
    [
        new("Filled in by the UEM", row => $"{{{row.Name}}}", Exact: true),
        new("What it is", row => row.Description),
    ];

    private static readonly Column<KeyMistake>[] Mistakes =
    [
        new("Key", row => row.Path, Exact: true),
        new("Mistake", row => row.Text),
    ];

    public static void Write(ConfigurationTemplateView template, Screen screen)
    {
        screen.Rows(template.Keys, Keys);
        if (template.Declared is { } declared)
        {
            screen.Line();
            screen.Rows([.. declared.SelectMany(key => Flat("", key))], Declared);
        }

        if (template.Lookups is { } lookups)
        {
            screen.Line();
            screen.Rows(lookups, Lookups);
        }

        if (template.NotRead is { } why)
        {
            screen.Line();
            screen.Pairs(("Not read from the UEM", why));
        }
    }

    public static void Write(ConfigurationCheck check, Screen screen)
    {
        screen.Pairs(("Mistakes", check.Mistakes.Count), ("Names in braces were not checked", check.NotRead));
        if (check.Mistakes.Count > 0)
        {
            screen.Line();
            screen.Rows(check.Mistakes, Mistakes);
        }
    }

    private static IEnumerable<(string Path, DeclaredKey Key)> Flat(string above, DeclaredKey key)
    {
        var path = above.Length == 0 ? key.Key : $"{above} > {key.Key}";
        return key.Nested.SelectMany(nested => Flat(path, nested)).Prepend((path, key));
    }
}
