using Picket.Api;
using static Picket.Server.Console.Texts;

namespace Picket.Server.Inventory.Users;

/// <summary>Users as people read them.</summary>
internal static class UserWords
{
    public static string Name(UserView user) =>
        user.Erased ? T("Erased user {0}", user.UemId)
        : string.IsNullOrWhiteSpace(user.UserName) ? T("User {0}", user.UemId)
        : user.UserName;

    /// <summary>What an erasure takes, each with its number; what there is none of is left out.</summary>
    public static IReadOnlyList<string> Taken(ErasureView erasure) =>
        [
            .. new[]
            {
                erasure.Users > 0 ? T("the name, the sign-in name, the address and the uuid") : null,
                erasure.Groups switch
                {
                    0 => null,
                    1 => T("1 membership of a user group"),
                    var groups => T("{0} memberships of user groups", $"{groups:N0}"),
                },
                erasure.Devices switch
                {
                    0 => null,
                    1 => T("the user and the friendly name of 1 device"),
                    var devices => T("the user and the friendly name of {0} devices", $"{devices:N0}"),
                },
                erasure.HistoryEntries switch
                {
                    0 => null,
                    1 => T("the names in 1 entry of the history"),
                    var entries => T("the names in {0} entries of the history", $"{entries:N0}"),
                },
                erasure.ImportLines switch
                {
                    0 => null,
                    1 => T("1 line of an import"),
                    var lines => T("{0} lines of imports", $"{lines:N0}"),
                },
            }.OfType<string>(),
        ];

    public static string? Elsewhere(ErasureView erasure) =>
        erasure.NamedElsewhere switch
        {
            0 => null,
            1 => T("1 device of somebody else is called after this person: rename it in the UEM, else the name stays."),
            var devices => T(
                "{0} devices of others are called after this person: rename them in the UEM, else the name stays.",
                $"{devices:N0}"
            ),
        };
}
