using Picket.WorkspaceOne.Connection;
using Picket.WorkspaceOne.Pacing;
using Picket.WorkspaceOne.Paging;
using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne.Operations;

/// <summary>Compliance policies: the API reads them, and makes none.</summary>
public sealed class CompliancePolicyOperations
{
    private readonly WorkspaceOneConnection connection;
    private readonly Caller caller;

    internal CompliancePolicyOperations(WorkspaceOneConnection connection, Caller caller) =>
        (this.connection, this.caller) = (connection, caller);

    /// <summary>Compliance policies of an OG (trust S). A missing right shows as <see cref="PermissionMissingException"/>.</summary>
    /// <param name="organizationGroupId">Numeric id of an OG; null for the account's own.</param>
    /// <param name="paging">How to read; null for the defaults.</param>
    public Listing<UemCompliancePolicy> Search(int? organizationGroupId = null, PagingOptions? paging = null) =>
        connection.List<UemCompliancePolicy, CompliancePoliciesEnvelope>(
            ApiCall
                .To(Routes.CompliancePolicySearch, caller)
                .With(("organizationgroupid", Reader.Number(organizationGroupId))),
            WireContext.Default.CompliancePoliciesEnvelope,
            policy => policy.Id,
            paging
        );
}
