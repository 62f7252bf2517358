using Picket.Core.Policy;
using Picket.Core.Risk;
using Picket.Core.Tests.Risk;

namespace Picket.Core.Tests.Policy;

/// <summary>Documents as people write them, and devices to try them on.</summary>
internal static class Documents
{
    public static readonly DateOnly Today = DateOnly.FromDateTime(SomeDevices.Now.UtcDateTime);

    /// <param name="policy">What stands in the one policy for everybody, without indentation.</param>
    public static RiskContext WithPolicy(string policy, string exceptions = "") =>
        Context(
            $"""
            version: 1
            policies:
              - name: Everyone
                group: "*"
            {Indented(policy, 4)}
            {(exceptions.Length == 0 ? "" : $"exceptions:\n{Indented(exceptions, 2)}")}
            """
        );

    public static RiskContext Context(string text) =>
        SomeDevices.Context with
        {
            Policies = new PolicyBook(Accepted(text)),
        };

    public static PolicyDocument Accepted(string text)
    {
        var parse = PolicyReader.Read(text, Today);
        Assert.True(parse.Succeeded, string.Join("\n", parse.Mistakes) + "\n" + text);
        return parse.Document;
    }

    public static DevicePlace In(params string[] groups) =>
        new(new OrganizationPath([.. groups.Select(name => new OrganizationGroup($"uuid-of-{name}", name))]), "SN-1")
        {
            UserGroups = Memberships.None,
            SmartGroups = Memberships.None,
            Tags = Memberships.None,
        };

    private static string Indented(string text, int by) =>
        string.Join('\n', text.Split('\n').Select(line => new string(' ', by) + line));
}
