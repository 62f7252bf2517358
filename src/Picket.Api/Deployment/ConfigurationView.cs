using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>What an app runs on, as far as it decides how its configuration is written.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ConfiguredPlatform>))]
public enum ConfiguredPlatform
{
    /// <summary>iOS and iPadOS: keys one by one.</summary>
    Apple,

    /// <summary>Android: keys, and bundles of keys.</summary>
    Android,
}

/// <summary>Which template of an app's configuration to give.</summary>
public sealed record ConfigurationTemplateFilter
{
    /// <summary>What the app runs on; Android when absent.</summary>
    public ConfiguredPlatform? Platform { get; init; }

    /// <summary>Unique id of an app in the UEM, to be asked for the keys that it declares; none when absent.</summary>
    public Guid? App { get; init; }

    /// <summary>
    /// Address of this server as devices reach it, http or https; that of the request when absent. 400 when it is none.
    /// </summary>
    public string? Server { get; init; }
}

/// <summary>
/// What the configuration of an app begins with, and what can stand in it. What the UEM could not be asked is null, and
/// never empty.
/// </summary>
public sealed record ConfigurationTemplateView
{
    /// <summary>What the app runs on.</summary>
    public required ConfiguredPlatform Platform { get; init; }

    /// <summary>
    /// Keys by which an agent finds this server, says to which integration it belongs, and proves which device it is.
    /// </summary>
    public IReadOnlyList<ConfigurationKey> Keys { get; set; } = [];

    /// <summary>Keys that the app itself declares, as the UEM tells them; null when no app was named or they were not read.</summary>
    public IReadOnlyList<DeclaredKey>? Declared { get; init; }

    /// <summary>Names that values may hold in braces; null when they were not read.</summary>
    public IReadOnlyList<LookupName>? Lookups { get; init; }

    /// <summary>Why the UEM was not asked, or what it answered; null when all was read.</summary>
    public string? NotRead { get; init; }
}

/// <summary>A key that an app declares.</summary>
public sealed record DeclaredKey
{
    /// <summary>As the app knows it; the case counts.</summary>
    public required string Key { get; init; }

    /// <summary>How the app reads it; null for types of which the form is not known: Picket cannot write those.</summary>
    public ConfigurationValueType? Type { get; init; }

    /// <summary>The UEM's word for the type, such as <c>STRING</c>; null where it has none.</summary>
    public string? UemType { get; init; }

    /// <summary>Keys within this one, of bundles.</summary>
    public IReadOnlyList<DeclaredKey> Nested { get; set; } = [];
}

/// <summary>A name that the UEM fills in for each device.</summary>
/// <param name="Name">Without braces; the case counts.</param>
/// <param name="Description">What it stands for, in the UEM's words; null where it has none.</param>
public sealed record LookupName(string Name, string? Description);

/// <summary>A configuration to look through.</summary>
public sealed record CheckConfiguration
{
    /// <summary>What the app runs on.</summary>
    public required ConfiguredPlatform Platform { get; init; }

    /// <summary>The keys; at most 100.</summary>
    public required IReadOnlyList<ConfigurationKey> Keys { get; init; }

    /// <summary>The app is Picket's agent: it must find its server, know its integration, and say which device it is.</summary>
    public bool ForAgent { get; set; }
}

/// <summary>What is wrong with a configuration, all at once.</summary>
public sealed record ConfigurationCheck
{
    /// <summary>The mistakes; empty: it can be published.</summary>
    public IReadOnlyList<KeyMistake> Mistakes { get; set; } = [];

    /// <summary>
    /// Why names in braces were not compared with those that the UEM fills in; null when they were, or when there are none.
    /// </summary>
    public string? NotRead { get; init; }
}

/// <summary>What cannot be taken of a configuration.</summary>
/// <param name="Path">The key, after those around it and <c> > </c>; empty where it is the configuration as a whole.</param>
/// <param name="Text">What is wrong, and what would be right.</param>
public sealed record KeyMistake(string Path, string Text);
