using System.Net;
using System.Text.Json;
using Picket.WorkspaceOne.Diagnostics;
using Picket.WorkspaceOne.Pacing;
using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne.Connection;

/// <summary>Says what an answer that is not a success means. Codes are only unique together with status and route.</summary>
internal sealed class AnswerClassifier(Redactor redactor, TimeProvider time)
{
    private static readonly string[] AlreadySo =
    [
        "user already exists",
        "application already exists",
        "already active",
        "already inactive",
        "already retired",
        "already unretired",
        "already been assigned",
        "already assigned",
        "same name already exists",
        "has been added multiple times",
    ];

    /// <summary>A missing internal app answers 401 with this code (trust W): no matter of signing in.</summary>
    private const int AppNotFound = 7000;

    /// <summary>With 501: the app has assignment rules, which v1 cannot show (trust S).</summary>
    private const int NewerApi = 7019;
    private const int AccountLocked = 1022;

    public WorkspaceOneException Judge(Route route, Answer answer, QuotaSnapshot quota)
    {
        var facts = Facts(route.ToString(), answer);
        if (answer.IsRedirect)
        {
            return Redirected(facts, answer.Headers.Location);
        }

        return facts switch
        {
            { ErrorCode: AppNotFound } when IsOfApps(route) => new NotFoundException(facts),
            { ErrorCode: NewerApi, Status: HttpStatusCode.NotImplemented } when IsOfApps(route) =>
                new NewerApiNeededException(facts),
            { Status: HttpStatusCode.Unauthorized } or { ErrorCode: AccountLocked } => new SignInRefusedException(
                facts with
                {
                    Stage = FailureStage.SignIn,
                }
            ),
            { Status: HttpStatusCode.TooManyRequests } => quota.Remaining <= 0
                ? new QuotaExhaustedException(facts, quota)
                : new RateLimitedException(facts),
            { ErrorCode: null } => new WorkspaceOneException(facts),
            { Status: HttpStatusCode.Forbidden } => Forbidden(facts),
            { Status: HttpStatusCode.BadRequest }
                when route == Routes.DeviceCommand && OfCommand(facts) is { } refused => refused,
            { Status: HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity } =>
                Missing(facts),
            _ => new WorkspaceOneException(facts),
        };
    }

    /// <summary>
    /// Whether only somebody who is signed in gets such an answer. What comes before the sign-in (limits, the API key,
    /// maintenance, crashes) proves nothing about the credential.
    /// </summary>
    public static bool LiesBehindSignIn(WorkspaceOneException failure) =>
        failure
            is NotFoundException
                or OutOfScopeException
                or OverBulkLimitException
                or AlreadyThereException
                or NoLicenceLeftException
                or NotLicenceBasedException
                or NewerApiNeededException
                or NotEnrolledException
                or CommandNotSupportedException
                or PermissionMissingException { ErrorCode: 1011 or 6078 or 6044 or 5093 };

    private static bool IsOfApps(Route route) => route.Template.StartsWith("mam/", StringComparison.OrdinalIgnoreCase);

    private WorkspaceOneException Redirected(FailureFacts facts, Uri? location)
    {
        var host = location?.IsAbsoluteUri == true ? redactor.Clean(location.Host) : null;
        var reason = $"Redirected to {host ?? "another path"}; credentials follow no redirect. Check the address.";
        return new WorkspaceOneException(
            facts with
            {
                Stage = FailureStage.Redirect,
                Reason = reason,
                RedirectHost = host,
                NotActedOn = true,
                Transient = false,
            }
        );
    }

    private static WorkspaceOneException Forbidden(FailureFacts facts) =>
        facts.ErrorCode switch
        {
            1014 => new ApiAccessDisabledException(facts),
            1013 or 1030 or 1032 or 1054 => new ApiKeyRefusedException(facts),
            5035 or 5143 => new NotFoundException(facts),
            _ when IsSoAlready(facts) => new AlreadyThereException(facts),
            _ when IsOverBulk(facts) => new OverBulkLimitException(facts),
            _ => new PermissionMissingException(facts),
        };

    /// <summary>Code 400 alone has many meanings at this route, so the text decides.</summary>
    private static WorkspaceOneException? OfCommand(FailureFacts facts) =>
        facts.ErrorCode == 6213 || Says(facts, "device is not enrolled") ? new NotEnrolledException(facts)
        : facts.ErrorCode is 21 or 5060 or 5100 or 5101 or 5102 or 5234
        || Says(facts, "not supported")
        || Says(facts, "device type is invalid")
        || Says(facts, "privacy settings")
            ? new CommandNotSupportedException(facts)
        : null;

    private static WorkspaceOneException Missing(FailureFacts facts)
    {
        if (IsOverBulk(facts))
        {
            return new OverBulkLimitException(facts);
        }

        if (facts.ErrorCode is 6181 or 7103 || IsSoAlready(facts))
        {
            return new AlreadyThereException(facts);
        }

        if (facts.ErrorCode is 7112 or 7114)
        {
            return facts.ErrorCode == 7114 ? new NoLicenceLeftException(facts) : new NotLicenceBasedException(facts);
        }

        // 200028: the group is there, and of a type that holds no users.
        var ofGroup = Says(facts, "organization group") && facts.ErrorCode != 200028;
        if (facts.ErrorCode is 6008 or 6183 or 5177 or 6019 || ofGroup)
        {
            return new OutOfScopeException(facts);
        }

        var missing =
            facts.Status == HttpStatusCode.NotFound
            || facts.ErrorCode == 17
            || Says(facts, "not found")
            || Says(facts, "does not exist")
            || Says(facts, "not assigned to")
            || Says(facts, "invalid tag id")
            || Says(facts, "not have access to application group");
        return missing ? new NotFoundException(facts) : new WorkspaceOneException(facts);
    }

    /// <summary>
    /// Codes do not tell: a switched-off app that is switched off again gets the 403 of a missing right, and a smart
    /// group that has its licences the 7113 of one that has none (trust S).
    /// </summary>
    private static bool IsSoAlready(FailureFacts facts) => AlreadySo.Any(words => Says(facts, words));

    private static bool IsOverBulk(FailureFacts facts) => Says(facts, "more than bulk settings");

    private static bool Says(FailureFacts facts, string words) =>
        facts.Reason.Contains(words, StringComparison.OrdinalIgnoreCase);

    private FailureFacts Facts(string route, Answer answer)
    {
        var error = Parse(answer);
        var status = (int)answer.Status;
        return new FailureFacts
        {
            Stage = FailureStage.Status,
            Route = route,
            Reason = Reason(answer, error),
            Status = answer.Status,
            ErrorCode = error?.ErrorCode,
            CorrelationId = answer.CorrelationId is { } id ? redactor.Clean(id) : null,
            ActivityId = error?.ActivityId is { } activity ? redactor.Clean(activity) : null,
            RetryAfter = RetryAfterHeader.Read(answer.Headers, time),
            Transient = status is 408 or 424 or 429 or 500 or 502 or 503 or 504,
            NotActedOn = status is >= 400 and < 500 and not 408,
        };
    }

    private string Reason(Answer answer, ErrorBody? error)
    {
        if (!string.IsNullOrWhiteSpace(error?.Message))
        {
            return redactor.Clean(error.Message);
        }

        var form = answer.Body.Span.IsEmpty ? "no body" : $"a body of type {answer.MediaType ?? "unknown"}";
        return redactor.Clean($"The server gave no message ({form}).");
    }

    private static ErrorBody? Parse(Answer answer)
    {
        if (!answer.IsJson || answer.Body.Span.IsEmpty)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(answer.Body.Span, WireContext.Default.ErrorBody);
        }
        catch (JsonException)
        {
            return null; // the status says enough
        }
    }
}
