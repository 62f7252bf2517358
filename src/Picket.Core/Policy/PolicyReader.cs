using System.Text;
using Picket.Core.Intelligence;
using Picket.Core.Intelligence.Formats;

namespace Picket.Core.Policy;

/// <summary>Either a document or all that is wrong with the text. With mistakes nothing is taken over.</summary>
public sealed record PolicyParse(PolicyDocument? Document, IReadOnlyList<FeedError> Mistakes)
{
    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(true, nameof(Document))]
    public bool Succeeded => Document is not null;
}

/// <summary>Reads the document that people write. All mistakes come at once, each with its place and what is allowed.</summary>
public static class PolicyReader
{
    /// <summary>Characters. The default document has under 4,000.</summary>
    public const int LongestText = 256 * 1024;
    private const string Version = "1";
    private static readonly string[] Parts = ["version", "drift", "policies", "exceptions", "tags", "messages"];
    private static readonly IReadOnlySet<string> NoTags = new HashSet<string>();

    /// <param name="today">Exceptions end within a year from then.</param>
    /// <param name="ownTags">
    /// Names of the tags that Picket itself sets, compared without letter case: a new document may not ask for them. Null for
    /// a document that is in force already.
    /// </param>
    /// <param name="levelTags">Those of them that stand for levels: no set of tags may use such a name.</param>
    public static PolicyParse Read(
        string text,
        DateOnly today,
        IReadOnlySet<string>? ownTags = null,
        IReadOnlySet<string>? levelTags = null
    )
    {
        if (text.Length > LongestText)
        {
            return Refused(
                new FeedError(1, 1, $"The text has {text.Length} characters; at most {LongestText} are read.")
            );
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return Refused(new FeedError(1, 1, "The document is empty. Begin with 'version: 1' and 'policies:'."));
        }

        var fields = new PolicyFields(ownTags ?? NoTags);
        try
        {
            var root = YamlTree.Read(Encoding.UTF8.GetBytes(text));
            fields.Own(TagSetSection.NamesIn(root));
            var document = Document(fields, root, today, levelTags ?? NoTags);
            return fields.Any ? new PolicyParse(null, fields.All) : new PolicyParse(document, []);
        }
        catch (FeedUnreadableException mistake)
        {
            return new PolicyParse(null, [.. fields.All, mistake.Error]);
        }
        catch (EncoderFallbackException)
        {
            return Refused(new FeedError(1, 1, "The text is not valid Unicode."));
        }
    }

    private static PolicyParse Refused(FeedError mistake) => new(null, [mistake]);

    private static PolicyDocument Document(
        PolicyFields fields,
        FeedNode root,
        DateOnly today,
        IReadOnlySet<string> levelTags
    )
    {
        if (!fields.IsMap(root, "The document", Parts))
        {
            return PolicyDocument.Empty;
        }

        if (fields.Text(root, "version", required: true) is { } version && version != Version)
        {
            fields.Add(root["version"]!, $"This version is not known. Write 'version: {Version}'.");
        }

        var policies = new List<StatedPolicy>();
        foreach (var node in fields.List(root, "policies", PolicyLimits.MostPolicies, required: true))
        {
            if (PolicySection.Read(fields, node) is { } policy)
            {
                Unique(fields, node, "policy", policies.Select(other => other.Name), policy.Name);
                policies.Add(policy);
            }
        }

        var exceptions = new List<PolicyException>();
        foreach (var node in fields.List(root, "exceptions", PolicyLimits.MostExceptions))
        {
            if (ExceptionSection.Read(fields, node, today) is { } exception)
            {
                Unique(fields, node, "exception", exceptions.Select(other => other.Name), exception.Name);
                exceptions.Add(exception);
            }
        }

        var document = new PolicyDocument(policies, exceptions)
        {
            TagSets = TagSetSection.Read(fields, root, levelTags),
            Messages = MessageSection.Read(fields, root),
            Drift = DriftSection.Read(fields, root),
        };
        RefuseTooMany(fields, root, document, MemberOf.SmartGroup, "smart groups");
        RefuseTooMany(fields, root, document, MemberOf.Tag, "tags");
        return document;
    }

    /// <summary>Each costs a call in every sync run.</summary>
    private static void RefuseTooMany(
        PolicyFields fields,
        FeedNode root,
        PolicyDocument document,
        MemberOf kind,
        string what
    )
    {
        var named = document.NamesOf(kind).Count;
        if (named > PolicyLimits.MostListed)
        {
            fields.Add(
                root,
                $"The document names {named} {what}; at most {PolicyLimits.MostListed} are taken, for each costs a call in "
                    + "every sync run. Ask for an organization group or a user group, or for one that holds several."
            );
        }
    }

    private static void Unique(PolicyFields fields, FeedNode node, string what, IEnumerable<string> names, string name)
    {
        if (names.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            fields.Add(node["name"] ?? node, $"Another {what} is called '{name}' already. Names are unique.");
        }
    }
}

/// <summary>What a document may hold: far more than one organization needs, and an end.</summary>
public static class PolicyLimits
{
    public const int MostPolicies = 200;
    public const int MostExceptions = 1_000;
    public const int MostApps = 500;
    public const int MostNames = 200;

    /// <summary>Different smart groups, and different tags, in the whole document.</summary>
    public const int MostListed = 50;

    /// <summary>Beside the set of levels. Each tag costs a call when who carries it is read back.</summary>
    public const int MostTagSets = 10;

    /// <summary>Of one set.</summary>
    public const int MostTagLines = 20;

    /// <summary>Lines that say of which findings users are told.</summary>
    public const int MostMessages = 20;
    public const int MostMessageHours = 24 * 90;
    public const int LongestName = 100;
    public const int LongestReason = 500;
    public const int MostDays = 3_650;
    public const int LongestExceptionDays = 366;
}
