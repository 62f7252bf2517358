using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Picket.Api;

/// <summary>Turns an answer that is no success into a problem, also when something between us and the server made it.</summary>
internal static class ProblemReader
{
    public static async Task<Problem> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var kind = response.Content.Headers.ContentType?.MediaType;
        if (kind is not ("application/problem+json" or "application/json"))
            return FromStatus(response);
        try
        {
            var problem = await response
                .Content.ReadFromJsonAsync(PicketApiJson.Default.Problem, cancellationToken)
                .ConfigureAwait(false);
            return problem ?? FromStatus(response);
        }
        catch (JsonException)
        {
            // The status still says what happened; the text that came with it does not.
            return FromStatus(response);
        }
    }

    public static Problem NotPicket(HttpResponseMessage response) =>
        new()
        {
            Title = "The answer is not Picket's",
            Status = (int)response.StatusCode,
            Detail =
                $"{response.RequestMessage?.RequestUri} answered {(int)response.StatusCode} "
                + $"with {response.Content.Headers.ContentType?.MediaType ?? "no content type"} that this client cannot read.",
            Next = "Check the server's address, and that server and client have the same version.",
        };

    private static Problem FromStatus(HttpResponseMessage response) =>
        new()
        {
            Title = response.ReasonPhrase,
            Status = (int)response.StatusCode,
            Detail =
                $"{response.RequestMessage?.RequestUri} answered {(int)response.StatusCode} {response.ReasonPhrase}.",
            Next = response.StatusCode switch
            {
                HttpStatusCode.Unauthorized => "Sign in with a valid token.",
                HttpStatusCode.NotFound => "Check the server's address and the id.",
                >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest =>
                    "Give the server's own address; redirects are not followed, lest the token travels.",
                _ => null,
            },
        };
}
