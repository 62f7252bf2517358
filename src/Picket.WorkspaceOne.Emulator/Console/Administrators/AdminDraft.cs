using System.Net.Mail;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.WorkspaceOne.Emulator.Console.Administrators;

/// <summary>The tabs of an administrator's form, in the order in which Next goes through them.</summary>
internal enum AdminTab
{
    Definition,
    Roles,
    Details,
    Settings,
}

/// <summary>What was typed for an administrator, until Save.</summary>
internal sealed class AdminDraft
{
    /// <summary>Null: a new one.</summary>
    public Account? Of { get; init; }
    public AccountKind Kind { get; init; }
    public AdminTab Tab { get; set; }
    public string UserName { get; set; } = "";
    public string Domain { get; set; } = "";
    public string Password { get; set; } = "";
    public string Repeated { get; set; } = "";
    public string FirstName { get; set; } = "";
    public string LastName { get; set; } = "";
    public string Email { get; set; } = "";

    /// <summary>Id of an organization group and name of a role, as chosen; either may be empty.</summary>
    public List<(string Group, string Role)> Roles { get; set; } = [];
    public string Phone { get; set; } = "";
    public string Description { get; set; } = "";
    public string TimeZone { get; set; } = new AccountState().TimeZone;
    public string Locale { get; set; } = new AccountState().Locale;
    public string Certificate { get; set; } = "";

    public static AdminDraft For(Account account, Func<int, string> groupId)
    {
        var state = account.State;
        var parts = account.Name.Split('\\', 2);
        return new AdminDraft
        {
            Of = account,
            Kind = account.Kind,
            UserName = parts[^1],
            Domain = parts.Length == 2 ? parts[0] : "",
            FirstName = state.FirstName,
            LastName = state.LastName,
            Email = state.Email,
            Roles = [.. state.Assignments.Select(one => (groupId(one.Group), one.Role.Name))],
            Phone = state.Phone,
            Description = state.Description,
            TimeZone = state.TimeZone,
            Locale = state.Locale,
            Certificate = state.Certificate ?? "",
        };
    }

    /// <summary>The name that the person signs in with.</summary>
    public string SignInName => Kind == AccountKind.Directory ? $@"{Domain}\{UserName}" : UserName;

    /// <summary>Takes over what the form of the present tab holds.</summary>
    public void Read(IFormCollection form)
    {
        switch (Tab)
        {
            case AdminTab.Definition:
                UserName = Of is null ? Text(form, "username") : UserName;
                Domain = Of is null ? Text(form, "domain") : Domain;
                Password = form["password"].ToString() is { Length: > 0 } typed ? typed : Password;
                Repeated = form["repeated"].ToString() is { Length: > 0 } again ? again : Repeated;
                FirstName = Text(form, "firstname");
                LastName = Text(form, "lastname");
                Email = Text(form, "email");
                break;
            case AdminTab.Roles:
                Roles = [.. form["group"].Zip(form["role"], (group, role) => (group ?? "", role ?? ""))];
                break;
            case AdminTab.Details:
                Phone = Text(form, "phone");
                Description = Text(form, "description");
                break;
            default:
                TimeZone = Text(form, "timezone");
                Locale = Text(form, "locale");
                Certificate = form["certificate"].ToString().Trim();
                break;
        }
    }

    /// <summary>Mistakes of one tab, by the name of the field.</summary>
    public Dictionary<string, string> Mistakes(AdminTab tab, AccessControl access) =>
        tab switch
        {
            AdminTab.Definition => DefinitionMistakes(access),
            AdminTab.Roles => RoleMistakes(),
            AdminTab.Settings => CertificateMistakes(),
            _ => [],
        };

    private Dictionary<string, string> DefinitionMistakes(AccessControl access)
    {
        var mistakes = new Dictionary<string, string>();
        Require("username", "Username", UserName);
        Require("firstname", "First Name", FirstName);
        Require("lastname", "Last Name", LastName);
        Require("email", "Email Address", Email);
        if (Kind == AccountKind.Directory)
        {
            Require("domain", "Domain", Domain);
        }

        if (Of is null)
        {
            Require("password", "Password", Password);
        }

        if (Password != Repeated)
        {
            mistakes["repeated"] = "The passwords differ.";
        }

        if (UserName.Contains(':', StringComparison.Ordinal) || UserName.Contains('\\', StringComparison.Ordinal))
        {
            mistakes["username"] = "Username may hold neither a colon nor a backslash.";
        }

        if (Email.Length > 0 && !MailAddress.TryCreate(Email, out _))
        {
            mistakes["email"] = "This is not an email address.";
        }

        if (Of is null && UserName.Length > 0 && access.Accounts.ContainsKey(SignInName))
        {
            mistakes["username"] = $"There is an administrator {SignInName} already.";
        }

        return mistakes;

        void Require(string field, string label, string value)
        {
            if (value.Length == 0)
            {
                mistakes[field] = $"{label} is required.";
            }
        }
    }

    private Dictionary<string, string> RoleMistakes() =>
        Roles.Exists(role => role.Group.Length > 0 && role.Role.Length > 0)
            ? Roles.Exists(role => role.Group.Length == 0 != (role.Role.Length == 0))
                ? new() { ["roles"] = "Each line needs an organization group and a role." }
                : []
            : new() { ["roles"] = "At least one organization group with a role is required." };

    private Dictionary<string, string> CertificateMistakes()
    {
        if (Certificate.Length == 0)
        {
            return [];
        }

        try
        {
            using var read = X509Certificate2.CreateFromPem(Certificate);
            return [];
        }
        catch (CryptographicException)
        {
            return new() { ["certificate"] = "This is no certificate in PEM form." };
        }
    }

    private static string Text(IFormCollection form, string name) => form[name].ToString().Trim();
}
