using Picket.Api;

namespace Picket.Cli.Output;

/// <summary>Cuts the checks, which come in the order of the way to the UEM, into its three stretches.</summary>
internal static class DoctorGroups
{
    private static readonly string[] FirstOfSignIn =
    [
        "api-access",
        "api-key",
        "basic-enabled",
        "account",
        "oauth-client",
    ];

    public static IEnumerable<(string Title, IReadOnlyList<DoctorCheck> Checks)> Of(IReadOnlyList<DoctorCheck> checks)
    {
        var rights = checks.Where(IsRight).ToList();
        var others = checks.Where(check => !IsRight(check)).ToList();
        var reach = others.TakeWhile(check => !FirstOfSignIn.Contains(check.Id)).ToList();
        var signIn = others.Skip(reach.Count).ToList();
        return new (string, IReadOnlyList<DoctorCheck>)[]
        {
            ("Reaching the UEM", reach),
            ("Signing in", signIn),
            ("Rights of the account", rights),
        }.Where(group => group.Item2.Count > 0);
    }

    public static bool IsRight(DoctorCheck check) => check.Id.StartsWith("right", StringComparison.Ordinal);
}
