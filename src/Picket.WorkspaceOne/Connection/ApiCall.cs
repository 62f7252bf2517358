using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Picket.WorkspaceOne.Pacing;

namespace Picket.WorkspaceOne.Connection;

/// <summary>One call: what to send and how it may be treated.</summary>
internal sealed record ApiCall(Route Route, string Path, Caller Caller)
{
    public string Query { get; init; } = "";

    public byte[]? Body { get; init; }

    public string Name => Route.ToString();

    public static ApiCall To(Route route, Caller caller, params ReadOnlySpan<string> values) =>
        new(route, route.Path(values), caller);

    /// <summary>Adds query values; those that are null are left out.</summary>
    public ApiCall With(params ReadOnlySpan<(string Name, string? Value)> values)
    {
        var query = new StringBuilder(Query);
        foreach (var (name, value) in values)
        {
            if (value is not null)
            {
                query
                    .Append(query.Length == 0 ? '?' : '&')
                    .Append(name)
                    .Append('=')
                    .Append(Uri.EscapeDataString(value));
            }
        }

        return this with
        {
            Query = query.ToString(),
        };
    }

    public ApiCall WithBody<T>(T body, JsonTypeInfo<T> type) =>
        this with
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(body, type),
        };
}
