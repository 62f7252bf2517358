using System.Text.RegularExpressions;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Console;

namespace Picket.Architecture.Tests;

/// <summary>Whoever translates the console finds every text of it in one file, and no other.</summary>
public sealed partial class CatalogueTests
{
    [Fact]
    public void Each_text_stands_where_it_is_used()
    {
        var offences = Catalogue.Calls().Where(call => !call.IsLiteral).Select(call => $"{call.File}: {call.Text}");

        Assert.Empty(offences);
    }

    [Fact]
    public void The_catalogue_lists_each_text_once()
    {
        var texts = Catalogue.Calls().Where(call => call.IsLiteral).Select(call => call.Text).ToHashSet();
        if (Environment.GetEnvironmentVariable("PICKET_WRITE_TEXTS") is not null)
        {
            Catalogue.Write(texts);
        }

        var listed = Catalogue.Read(Catalogue.English);
        var missing = texts
            .Where(text => listed.GetValueOrDefault(Texts.Name(text)) != text)
            .Select(text => $"missing: {text}");
        var surplus = listed.Keys.Except(texts.Select(Texts.Name)).Select(name => $"surplus: {name}");

        List<string> differences = [.. missing.Concat(surplus).Order(StringComparer.Ordinal)];
        Assert.True(
            differences.Count == 0,
            string.Join(Environment.NewLine, ["Texts.resx is not up to date: run eng/texts.", .. differences])
        );
    }

    /// <summary>For the tools that make a resource of it, "Sent" and "sent" are one name.</summary>
    [Fact]
    public void No_two_texts_have_one_name()
    {
        var twice = Catalogue
            .Read(Catalogue.English)
            .Keys.GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Where(names => names.Count() > 1)
            .Select(names => names.Key);

        Assert.Empty(twice);
    }

    [Fact]
    public void A_text_neither_begins_nor_ends_with_a_space_and_has_plain_places()
    {
        var offences = Catalogue
            .Read(Catalogue.English)
            .Values.Where(text => text != text.Trim() || Braces().IsMatch(Place().Replace(text, "")));

        Assert.Empty(offences);
    }

    [Fact]
    public void A_translation_has_the_places_of_its_english_and_no_text_of_its_own()
    {
        var english = Catalogue.Read(Catalogue.English);
        var offences =
            from file in Catalogue.Files()
            from row in Catalogue.Read(file)
            where !english.TryGetValue(row.Key, out var text) || !Places(text).SetEquals(Places(row.Value))
            select $"{Path.GetFileName(file)}: {row.Key}";

        Assert.Empty(offences);
    }

    /// <summary>Names that come as data: the console has its own words for each.</summary>
    [Fact]
    public void Each_kind_and_state_has_a_text()
    {
        var titles = FindingKinds.All.Select(kind => kind.Title);
        var states = NamesOf<Level>()
            .Concat(NamesOf<IntegrationState>())
            .Concat(NamesOf<RunKind>())
            .Concat(NamesOf<RunState>())
            .Concat(NamesOf<LedgerState>())
            .Concat(NamesOf<DeviceOwnership>())
            .Concat(NamesOf<PersonRole>());

        Assert.Empty(titles.Concat(states).Except(Catalogue.Read(Catalogue.English).Values));
    }

    // "CredentialRefused" reads "Credential refused".
    private static IEnumerable<string> NamesOf<TState>()
        where TState : struct, Enum =>
        Enum.GetNames<TState>()
            .Select(name => name[0] + Capital().Replace(name[1..], letter => $" {letter.Value.ToLowerInvariant()}"));

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(place => place.Value)];

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();

    [GeneratedRegex("[{}]")]
    private static partial Regex Braces();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
