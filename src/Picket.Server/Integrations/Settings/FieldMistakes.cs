namespace Picket.Server.Integrations;

/// <summary>Collects what is wrong with each field, so that people mend everything at once.</summary>
internal sealed class FieldMistakes
{
    private readonly Dictionary<string, string[]> mistakes = [];

    public bool Any => mistakes.Count > 0;

    public IDictionary<string, string[]> ByField => mistakes;

    public void Add(string field, string mistake) =>
        mistakes[field] = mistakes.TryGetValue(field, out var others) ? [.. others, mistake] : [mistake];

    public void Unless(bool right, string field, string mistake)
    {
        if (!right)
        {
            Add(field, mistake);
        }
    }
}
