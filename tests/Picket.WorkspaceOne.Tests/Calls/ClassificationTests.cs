using System.Net;
using Picket.WorkspaceOne.Tests.Support;

namespace Picket.WorkspaceOne.Tests.Calls;

/// <summary>Refusals of the UEM, and the type that callers branch on.</summary>
public sealed class ClassificationTests
{
    public static TheoryData<int, int, string, Type> Answers =>
        new()
        {
            { 403, 1014, "Rest API access is disabled.", typeof(ApiAccessDisabledException) },
            { 403, 1013, "Api tenant code header is missing.", typeof(ApiKeyRefusedException) },
            { 403, 1013, "Tenant code XYZ does not identify an Organization Group.", typeof(ApiKeyRefusedException) },
            { 403, 1030, "Tenant code provided is in different tenant hierarchy.", typeof(ApiKeyRefusedException) },
            { 403, 1032, "Invalid API tenant-code type.", typeof(ApiKeyRefusedException) },
            { 403, 1011, "User doesn't have sufficient permissions.", typeof(PermissionMissingException) },
            { 403, 6078, "User doesn't have sufficient permissions.", typeof(PermissionMissingException) },
            { 403, 11, "User does not have permission.", typeof(PermissionMissingException) },
            { 403, 5143, "User does not have access to the device.", typeof(NotFoundException) },
            {
                400,
                6,
                "Organization Group with id : 5 not found or Admin user does not have access to it.",
                typeof(OutOfScopeException)
            },
            {
                400,
                400,
                "Resource's organization group: 5 not found or user does not have access.",
                typeof(OutOfScopeException)
            },
            { 404, 6183, "x", typeof(OutOfScopeException) },
            { 404, 6008, "x", typeof(OutOfScopeException) },
            { 400, 6, "Devices provided is more than Bulk settings for this action.", typeof(OverBulkLimitException) },
            { 422, 4, "Devices provided is more than Bulk settings for this action.", typeof(OverBulkLimitException) },
            { 403, 4, "Devices provided is more than Bulk settings for this action.", typeof(OverBulkLimitException) },
            { 400, 6, "Invalid tag id", typeof(NotFoundException) },
            {
                400,
                6,
                "Smart Group not found with Id: 5 or User does not have access to it.",
                typeof(NotFoundException)
            },
            { 400, 17, "User Group Not Found", typeof(NotFoundException) },
            { 404, 5061, "Device not found for this request.", typeof(NotFoundException) },
            { 401, 7000, "Only on routes of apps does this mean a missing app.", typeof(SignInRefusedException) },
            { 401, 1005, "refused", typeof(SignInRefusedException) },
            { 403, 1022, "Your account has been locked.", typeof(SignInRefusedException) },
            { 400, 21, "Functionality not supported", typeof(WorkspaceOneException) },
            { 501, 501, "unsupported", typeof(WorkspaceOneException) },
        };

    /// <summary>Codes tell less on the routes of apps: the words do.</summary>
    [Theory]
    [InlineData(401, 7000, "Application not found or user does not have access to it.", typeof(NotFoundException))]
    [InlineData(404, 7000, "Application not found", typeof(NotFoundException))]
    [InlineData(400, 400, "Application already exists at location group", typeof(AlreadyThereException))]
    [InlineData(403, 403, "Application already inactive.", typeof(AlreadyThereException))]
    [InlineData(403, 403, "Application Id already retired.", typeof(AlreadyThereException))]
    [InlineData(
        400,
        400,
        "SmartGroup with Id : 5 is already assigned to the Application id : 7",
        typeof(AlreadyThereException)
    )]
    [InlineData(400, 7113, "Smartgroup Id: 1091 is already been assigned.", typeof(AlreadyThereException))]
    [InlineData(400, 7113, "SmartGroup is not assigned to the Application.", typeof(NotFoundException))]
    [InlineData(422, 7103, "Device based assignment is already enabled for the app.", typeof(AlreadyThereException))]
    [InlineData(400, 7114, "Cannot allocate more Licenses.", typeof(NoLicenceLeftException))]
    [InlineData(400, 7112, "Only Licenced Purchased Applications are supported.", typeof(NotLicenceBasedException))]
    [InlineData(501, 7019, "Please use a newer version of the API.", typeof(NewerApiNeededException))]
    [InlineData(
        403,
        403,
        "User does not have permission to perform this operation.",
        typeof(PermissionMissingException)
    )]
    [InlineData(401, 1005, "refused", typeof(SignInRefusedException))]
    public async Task Tells_refusals_of_apps_apart(int status, int code, string message, Type expected)
    {
        var server = new ScriptedServer((_, _) => ScriptedServer.Error((HttpStatusCode)status, code, message));
        using var client = Clients.For(server);

        Assert.IsType(
            expected,
            await Record.ExceptionAsync(() => client.PurchasedApps.GetAsync(5, TestContext.Current.CancellationToken))
        );
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Tells_refusals_apart(int status, int code, string message, Type expected)
    {
        var server = new ScriptedServer((_, _) => ScriptedServer.Error((HttpStatusCode)status, code, message));
        using var client = Clients.For(server);

        var failure = await Record.ExceptionAsync(() =>
            client.GetSystemInfoAsync(TestContext.Current.CancellationToken)
        );

        Assert.IsType(expected, failure);
        var facts = ((WorkspaceOneException)failure).Facts;
        Assert.Equal((code, (HttpStatusCode?)status), (facts.ErrorCode, facts.Status));
        Assert.Equal("GET system/info", facts.Route);
        Assert.Equal(message, facts.Reason);
        Assert.Equal("8bcc0752-3390-44eb-b9f7-d9a25a88c320", facts.ActivityId);
    }

    [Fact]
    public async Task Takes_an_html_404_for_no_statement_about_the_object()
    {
        var server = new ScriptedServer(
            (_, _) =>
                new HttpResponseMessage(HttpStatusCode.NotFound)
                {
                    Content = new StringContent("<html>", null, "text/html"),
                }
        );
        using var client = Clients.For(server);

        var failure = await Record.ExceptionAsync(() =>
            client.Devices.GetAsync(5, TestContext.Current.CancellationToken)
        );

        Assert.IsType<WorkspaceOneException>(failure);
    }
}
