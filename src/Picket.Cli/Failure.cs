using System.Net;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli;

/// <summary>Turns what went wrong into words on standard error and an exit code.</summary>
internal static class Failure
{
    /// <param name="server">The server that was spoken to, where it came so far.</param>
    public static int Report(
        Exception failure,
        Terminal terminal,
        CancellationToken cancellationToken,
        Uri? server = null
    )
    {
        switch (failure)
        {
            case OperationCanceledException when cancellationToken.IsCancellationRequested:
                return Say(terminal, ExitCodes.Cancelled, "Cancelled.");
            case OperationCanceledException:
                return Say(terminal, ExitCodes.Unreachable, $"{The(server)} did not answer in time. Try again later.");
            case DeclinedException:
                return Say(terminal, ExitCodes.Cancelled, failure.Message);
            case UsageException:
                return Say(terminal, ExitCodes.Usage, failure.Message);
            case NotFoundException:
                return Say(terminal, ExitCodes.NotFound, failure.Message);
            case PicketApiException refused:
                return Refused(terminal, refused);
            case HttpRequestException unreachable:
                return Say(terminal, ExitCodes.Unreachable, Explain(unreachable, server));
            case IOException or UnauthorizedAccessException:
                return Say(terminal, ExitCodes.Usage, $"{failure.Message}\nNext: check the path and who may use it.");
            case InvalidDataException:
                return Say(terminal, ExitCodes.Unreachable, failure.Message);
            default:
                return Say(terminal, ExitCodes.Bug, $"This is a bug in picket; please report it.\n{failure}");
        }
    }

    private static int Refused(Terminal terminal, PicketApiException refused)
    {
        var problem = refused.Problem;
        foreach (var line in ProblemText.Lines(problem))
            terminal.Error.WriteLine(line);
        if (problem.Doctor is { } report)
            DoctorText.Write(report, terminal.ErrorScreen);
        return refused.Status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ExitCodes.NotAllowed,
            HttpStatusCode.NotFound or HttpStatusCode.Gone => ExitCodes.NotFound,
            >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => ExitCodes.Refused,
            _ => ExitCodes.Unreachable,
        };
    }

    private static string Explain(HttpRequestException failure, Uri? server)
    {
        // The innermost says what happened; those around it only say that something did.
        var cause = failure.GetBaseException().Message;
        var next =
            failure.HttpRequestError is HttpRequestError.SecureConnectionError
                ? "If the server has a certificate of a private CA, give --ca FILE."
                : "Check the address, and that the server runs.";
        return $"{The(server)} cannot be reached: {cause}\n{next}";
    }

    private static string The(Uri? server) => server is null ? "The server" : $"The server {server}";

    private static int Say(Terminal terminal, int code, string message)
    {
        terminal.Error.WriteLine(Cell.Clean(message, keepLines: true));
        return code;
    }
}
