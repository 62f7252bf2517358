namespace Picket.WorkspaceOne.Connection;

/// <summary>One operation of the API. The list in <see cref="Routes"/> is everything that this client can ever call.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Template">Path below the API's address, with placeholders in braces.</param>
/// <param name="Version">Version asked for.</param>
/// <param name="Repeatable">True when sending it twice has the effect of sending it once.</param>
public sealed record Route(HttpMethod Method, string Template, int Version, bool Repeatable = true)
{
    /// <summary>Whether it changes something. Everything but GET does: this client searches with GET alone.</summary>
    public bool Changes => Method != HttpMethod.Get;

    /// <summary>Method and template.</summary>
    public override string ToString() => $"{Method} {Template}";

    /// <summary>Fills the placeholders in their order.</summary>
    internal string Path(params ReadOnlySpan<string> values)
    {
        var path = Template;
        foreach (var value in values)
        {
            var start = path.IndexOf('{', StringComparison.Ordinal);
            var end = path.IndexOf('}', StringComparison.Ordinal);
            path = string.Concat(path.AsSpan(0, start), Uri.EscapeDataString(value), path.AsSpan(end + 1));
        }

        return path;
    }
}
