using System.Text.Json;

namespace Picket.Core.Deployment;

/// <summary>
/// What the UEM takes as a value and of which the form is known. Lists of plain values are not among them: the UEM
/// names such types, and no source tells how their one text is written.
/// </summary>
public enum ConfigurationType
{
    Text,
    WholeNumber,
    Boolean,

    /// <summary>Keys within a key; Android only.</summary>
    Bundle,

    /// <summary>Several bundles; Android only.</summary>
    BundleArray,
}

/// <summary>One setting that the UEM hands to the app on the device.</summary>
/// <param name="Key">As the app knows it; the case counts.</param>
/// <param name="Value">As text. Names in braces are filled in for each device. Empty for bundles.</param>
public sealed record ConfigurationEntry(string Key, ConfigurationType Type, string Value = "")
{
    /// <summary>Of bundles and arrays of them.</summary>
    public IReadOnlyList<ConfigurationEntry> Nested { get; init; } = [];

    internal bool IsBundle => Type is ConfigurationType.Bundle or ConfigurationType.BundleArray;

    internal static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<ConfigurationEntry> entries)
    {
        writer.WriteStartArray(name);
        foreach (var entry in entries)
        {
            writer.WriteStartObject();
            writer.WriteString("key", entry.Key);
            writer.WriteString("type", entry.WireType);
            if (entry.IsBundle)
            {
                Write(writer, "nested_configurations", entry.Nested);
            }
            else
            {
                writer.WriteString("value", entry.Value);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private string WireType =>
        Type switch
        {
            ConfigurationType.WholeNumber => "INTEGER",
            ConfigurationType.Boolean => "BOOLEAN",
            ConfigurationType.Bundle => "BUNDLE",
            ConfigurationType.BundleArray => "BUNDLE_ARRAY",
            _ => "STRING",
        };
}

/// <summary>What cannot be taken of a configuration, in an administrator's words.</summary>
/// <param name="Path">The key, with those around it; empty where it is the configuration as a whole.</param>
/// <param name="Text">What is wrong, and what would be right.</param>
public sealed record ConfigurationMistake(string Path, string Text);
