using Picket.WorkspaceOne.Connection;
using Picket.WorkspaceOne.Pacing;
using Picket.WorkspaceOne.Paging;
using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne.Operations;

/// <summary>Administrator accounts.</summary>
public sealed class AdministratorOperations
{
    private readonly WorkspaceOneConnection connection;
    private readonly Caller caller;

    internal AdministratorOperations(WorkspaceOneConnection connection, Caller caller) =>
        (this.connection, this.caller) = (connection, caller);

    /// <summary>
    /// Administrators with their roles, v2 (trust W). A search for the client's own account is the cheapest test of
    /// credential, key and role.
    /// </summary>
    /// <param name="username">Sign-in name or part of it: compare the rows yourself. Null for all.</param>
    /// <param name="organizationGroupId">Numeric id of an OG; null for the account's own.</param>
    /// <param name="paging">How to read; null for the defaults.</param>
    /// <param name="active">Only active accounts, or only others (trust S); null for all: the rows do not tell.</param>
    /// <param name="email">E-mail address (trust S): compare the rows yourself. Null for all.</param>
    public Listing<UemAdministrator> Search(
        string? username = null,
        int? organizationGroupId = null,
        PagingOptions? paging = null,
        bool? active = null,
        string? email = null
    ) =>
        connection.List<UemAdministrator, AdminsEnvelope>(
            ApiCall
                .To(Routes.AdminSearch, caller)
                .With(
                    ("username", username),
                    ("email", email),
                    ("organizationgroupid", Reader.Number(organizationGroupId)),
                    (
                        "status",
                        active switch
                        {
                            true => "Active",
                            false => "Inactive",
                            _ => null,
                        }
                    )
                ),
            WireContext.Default.AdminsEnvelope,
            admin => admin.Uuid is null ? RowKey.Of(admin.Username) : RowKey.Of(admin.Uuid),
            paging
        );
}
