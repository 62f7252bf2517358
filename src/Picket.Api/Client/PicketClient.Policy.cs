using System.Globalization;

namespace Picket.Api;

public sealed partial class PicketClient
{
    /// <summary>The policy document in force.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<PolicyVersionView> PolicyAsync(CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Policy, PicketApiJson.Default.PolicyVersionView, cancellationToken);

    /// <summary>The versions of the document, newest first, without their texts.</summary>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="limit">Rows of one page, 1 to 500.</param>
    public PagedList<PolicyVersionView> PolicyVersions(string? cursor = null, int? limit = null) =>
        List(cursor, limit, () => new(Routes.PolicyVersions), PicketApiJson.Default.PolicyVersionPage);

    /// <summary>One version with its text.</summary>
    /// <param name="number">Its number; 0 for the built-in policy.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<PolicyVersionView> PolicyVersionAsync(int number, CancellationToken cancellationToken = default) =>
        GetAsync(
            Routes.Fill(Routes.PolicyVersion, number.ToString(CultureInfo.InvariantCulture)),
            PicketApiJson.Default.PolicyVersionView,
            cancellationToken
        );

    /// <summary>Says what a document would change, and what is wrong with it. Changes nothing.</summary>
    /// <param name="text">The document, YAML.</param>
    /// <param name="checkOnly">Counts no devices, which spares the server a look at each of them.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<PolicyPlan> PlanPolicyAsync(
        string text,
        bool checkOnly = false,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.PolicyPlan,
            new PlanPolicy(text, checkOnly),
            PicketApiJson.Default.PlanPolicy,
            PicketApiJson.Default.PolicyPlan,
            cancellationToken
        );

    /// <summary>Puts a document in force; every device is judged anew.</summary>
    /// <param name="apply">The document, and the version that it was planned against.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<PolicyVersionView> ApplyPolicyAsync(ApplyPolicy apply, CancellationToken cancellationToken = default) =>
        PostAsync(
            Routes.PolicyVersions,
            apply,
            PicketApiJson.Default.ApplyPolicy,
            PicketApiJson.Default.PolicyVersionView,
            cancellationToken
        );

    /// <summary>The exceptions of the document in force.</summary>
    public PagedList<PolicyExceptionView> PolicyExceptions() =>
        List(null, null, () => new(Routes.PolicyExceptions), PicketApiJson.Default.PolicyExceptionPage);

    /// <summary>Which policy holds for a device, and why.</summary>
    /// <param name="id">The device.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<DevicePolicyView> DevicePolicyAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.DevicePolicy, id), PicketApiJson.Default.DevicePolicyView, cancellationToken);
}
