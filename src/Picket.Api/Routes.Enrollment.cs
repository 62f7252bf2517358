namespace Picket.Api;

// Users and devices that are registered in the UEM.
public static partial class Routes
{
    /// <summary>
    /// GET: <see cref="EnrollmentView"/>. PUT <see cref="SetEnrollment"/>: the same; only for whom may change the integration
    /// (403); 422 when the account may not read what it has to, 502 when the UEM could not be asked.
    /// </summary>
    public const string Enrollment = Integration + "/enrollment";

    /// <summary>GET: a CSV file with the header alone, for users, devices or members of groups (<see cref="ImportKind"/>).</summary>
    public const string ImportTemplate = Prefix + "/imports/templates/{kind}";

    /// <summary>
    /// POST: takes a CSV file (<c>text/csv</c>, UTF-8; separated by comma, semicolon or tab) and checks it; nothing is
    /// written to the UEM. Query <c>kind</c> (<see cref="ImportKind"/>) and <c>name</c>, the file's name. 202 with
    /// <see cref="ImportView"/>; 422 when header or encoding cannot be read, 413 when it is too large, 409 while the
    /// integration is paused or its credential refused.
    /// </summary>
    public const string IntegrationImports = Integration + "/imports";

    /// <summary>
    /// POST <see cref="RegisterDevice"/>: announces one device: 202 with <see cref="ImportView"/>, an import of one line that
    /// starts by itself. 409 while registering is switched off, 422 when a value cannot be.
    /// </summary>
    public const string Registrations = Integration + "/registrations";

    /// <summary>GET: page of <see cref="ImportView"/>, newest first, by <see cref="ImportFilter"/>.</summary>
    public const string Imports = Prefix + "/imports";

    /// <summary>GET: <see cref="ImportView"/>. DELETE: forgets a file and its lines; 204, or 409 while it is under way. The ledger stays.</summary>
    public const string Import = Imports + "/{id}";

    /// <summary>GET: page of <see cref="ImportLineView"/> in the order of the file, by <see cref="ImportLineFilter"/>.</summary>
    public const string ImportLines = Import + "/lines";

    /// <summary>GET: a CSV file with each line's outcome.</summary>
    public const string ImportResult = Import + "/result";

    /// <summary>
    /// POST: sends what was checked; 202 with <see cref="ImportView"/>. 409 when it is not checked, registering is
    /// switched off or the integration paused; 403 when it would write more lines than go without the right to approve.
    /// </summary>
    public const string ImportStart = Import + "/start";

    /// <summary>POST: stops it before its next write; 202, or 409 when it has ended.</summary>
    public const string ImportCancel = Import + "/cancel";

    /// <summary>
    /// POST: takes up the lines that failed, are unclear or were not sent: each is looked up in the UEM first, and sent only
    /// when it is not there. 202, or 409 when there are none.
    /// </summary>
    public const string ImportRetry = Import + "/retry";
}
