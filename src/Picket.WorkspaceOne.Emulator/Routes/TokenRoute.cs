using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>OAuth client credentials. It lies outside /API, and its calls cost no quota.</summary>
internal static class TokenRoute
{
    public static void Map(IEndpointRouteBuilder app, Uem uem)
    {
        foreach (var path in new[] { "/oauth/token", "/connect/token", "/api/oauth/token" })
        {
            app.MapPost(path, (RequestDelegate)(http => IssueAsync(http, uem)));
        }
    }

    private static async Task IssueAsync(HttpContext http, Uem uem)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : null;
        var answer =
            form is null || form["grant_type"].ToString() != "client_credentials"
                ? Refuse("unsupported_grant_type")
                : Issue(uem, form["client_id"].ToString(), form["client_secret"].ToString());
        await AnswerWriter.WriteAsync(http, answer, uem.Log);
    }

    private static Answer Issue(Uem uem, string clientId, string secret) =>
        uem.Access.OAuth.Issue(clientId, secret, uem.Time.GetUtcNow()) is not { } token
            ? Refuse("invalid_client")
            : Answer.Object(writer =>
            {
                writer.WriteString("access_token"u8, token);
                writer.WriteString("token_type"u8, "Bearer");
                writer.WriteNumber("expires_in"u8, (int)uem.Access.OAuth.Lifetime.TotalSeconds);
            });

    private static Answer Refuse(string error) =>
        Answer.Object(writer => writer.WriteString("error"u8, error), StatusCodes.Status400BadRequest);
}
