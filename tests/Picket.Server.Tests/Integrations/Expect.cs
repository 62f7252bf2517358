using System.Net;
using Picket.Api;

namespace Picket.Server.Tests.Integrations;

/// <summary>What the tests of this slice ask again and again.</summary>
internal static class Expect
{
    public static async Task<PicketApiException> RefusedAsync(HttpStatusCode status, Func<Task> act)
    {
        var refused = await Assert.ThrowsAsync<PicketApiException>(act);
        Assert.Equal(status, refused.Status);
        return refused;
    }

    public static DoctorCheck Check(this DoctorReport report, string id) =>
        Assert.Single(report.Checks, check => check.Id == id);

    public static IReadOnlyList<string> Failed(this DoctorReport report) =>
        [.. report.Checks.Where(check => check.State == CheckState.Fail).Select(check => check.Id)];
}
