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
        options.Services.AddSingleton<IValidateOptions<TOptions>>(services => new KnownSettings<TOptions>(
            services.GetRequiredService<IConfiguration>().GetSection(section)
        ));
        return options;
    }
}
