using Microsoft.Extensions.Options;

namespace Picket.Server.Hosting;

/// <summary>A misspelt setting is a mistake to be named, not a silent default.</summary>
internal sealed class KnownSettings<TOptions>(IConfigurationSection section) : IValidateOptions<TOptions>
    where TOptions : class
{
    private static readonly string[] Names =
    [
        .. typeof(TOptions).GetProperties().Where(property => property.CanWrite).Select(property => property.Name),
    ];

    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var unknown = section
            .GetChildren()
            .Where(child => !Names.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            .Select(child => $"{child.Path} is no setting. Those of this section are {string.Join(", ", Names)}.")
            .ToList();
        return unknown.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(unknown);
    }
}

internal static class KnownSettingsExtension
{
    /// <summary>Refuses names in the section that the options do not have.</summary>
    public static OptionsBuilder<TOptions> RefuseUnknownSettings<TOptions>(
        this OptionsBuilder<TOptions> options,
        string section
    )
        where TOptions : class
    {
        options.Services.AddSingleton(new SettingsSection(section, typeof(TOptions)));
        options.Services.AddSingleton<IValidateOptions<TOptions>>(services => new KnownSettings<TOptions>(
            services.GetRequiredService<IConfiguration>().GetSection(section)
        ));
        return options;
    }
}

/// <summary>A section of the settings, and what it is read into.</summary>
internal sealed record SettingsSection(string Name, Type Options);

/// <summary>Values that are not of their kind, such as a word where a number belongs.</summary>
internal static class UnreadableSettings
{
    /// <summary>Names them, and takes them out: the first one would else hide all other mistakes.</summary>
    public static IReadOnlyList<string> TakeOut(IConfiguration settings, IEnumerable<SettingsSection> sections)
    {
        var mistakes = new List<string>();
        foreach (var section in sections)
        {
            foreach (var property in section.Options.GetProperties().Where(property => property.CanWrite))
            {
                var setting = $"{section.Name}:{property.Name}";
                if (settings[setting] is { } value && !IsReadable(settings.GetSection(setting), property.PropertyType))
                {
                    mistakes.Add($"{setting}: '{value}' is not {KindOf(property.PropertyType)}.");
                    settings[setting] = null;
                }
            }
        }

        return mistakes;
    }

    private static bool IsReadable(IConfigurationSection setting, Type type)
    {
        try
        {
            _ = setting.Get(type);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string KindOf(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain switch
        {
            _ when plain == typeof(bool) => "true or false",
            _ when plain == typeof(int) || plain == typeof(long) => "a whole number",
            { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(plain))}",
            _ => $"a {plain.Name}",
        };
    }
}
