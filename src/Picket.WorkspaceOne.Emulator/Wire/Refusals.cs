namespace Picket.WorkspaceOne.Emulator.Wire;

/// <summary>The server's refusals, word for word where their wording is known.</summary>
internal static class Refusals
{
    public static readonly Answer KeyMissing = Answer.Error(403, 1013, "Api tenant code header is missing.");
    public static readonly Answer KeyOfAnotherTree = Answer.Error(
        403,
        1030,
        "Tenant code provided is in different tenant hierarchy compared to logged in user."
    );
    public static readonly Answer KeyOfWrongKind = Answer.Error(403, 1032, "Invalid API tenant-code type.");
    public static readonly Answer AuthorizationMissing = Answer.Error(
        401,
        1004,
        "The Authorization header is null or empty."
    );
    public static readonly Answer ApiDisabled = Answer.Error(403, 1014, "Rest API access is disabled.");
    public static readonly Answer NoGroup = Answer.Error(
        401,
        1005,
        "Unable to resolve organization group id for the remote service client credentials."
    );
    public static readonly Answer Locked = Answer.Error(
        401,
        1022,
        "Your account has been locked. Please reset the password to unlock your account or contact your IT Administrator."
    );
    public static readonly Answer TokenInvalid = Answer.Error(401, 1024, "OAuthToken Validation Failed.");
    public static readonly Answer TokenExpired = Answer.Error(401, 1029, "OAuth token is expired.");
    public static readonly Answer Crash = Answer.Error(500, 1000, "Internal Server Error");
    public static readonly Answer NotEmulated = Answer.Error(
        501,
        501,
        "This emulator does not have that route. Its README lists what it has."
    );
    public static readonly Answer XmlAnswer = Answer.Error(
        406,
        406,
        "This emulator answers in JSON only. Send the header Accept: application/json, with ;version=N behind it."
    );
    public static readonly Answer XmlBody = Answer.Error(
        406,
        406,
        "This emulator reads JSON only. Send the body as JSON with the header Content-Type: application/json."
    );
    public static readonly Answer DeviceNotFound = Answer.Error(404, 5061, "Device not found for this request.");
    public static readonly Answer InvalidTag = Answer.Error(400, 6, "Invalid tag id");
    public static readonly Answer BulkEmpty = Answer.Error(
        400,
        6,
        "Bulk Input should contain a minimum of one Device ID or Uuid."
    );

    public static Answer KeyUnknown(string key) =>
        Answer.Error(403, 1013, $"Tenant code {key} does not identify an Organization Group.");

    public static Answer BadCredentials(string user) =>
        Answer.Error(
            401,
            1005,
            $"An error occurred while validating remote service client credentials or user not found : {user}"
        );

    public static Answer RightMissing(int code, string right) =>
        Answer.Error(403, code, "User doesn't have sufficient permissions to perform this operation.") with
        {
            MissingRight = right,
        };

    public static Answer GroupOutOfScope(object id) =>
        Answer.Error(400, 6, $"Organization Group with id : {id} not found or Admin user does not have access to it.");

    public static Answer ResourceGroupOutOfScope(object id, int status = 400, int code = 400) =>
        Answer.Error(
            status,
            code,
            $"Resource's organization group: {id} not found or user does not have access to this organization group."
        );

    public static Answer BulkTooLarge(int code) =>
        Answer.Error(400, code, "Devices provided is more than Bulk settings for this action.");
}
