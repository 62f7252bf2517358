using System.Collections.Specialized;
using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Picket.Server.Tests.Simulation;

/// <summary>A device, in somebody's hands since its enrolment.</summary>
internal sealed class ModelledPhone(int number, DateTimeOffset now)
{
    public Guid Uuid { get; } = new(number, 0, 0, new byte[8]);
    public string Platform { get; } = number % 3 == 0 ? "Apple" : "Android";
    public int User { get; set; } = number;
    public string Status { get; set; } = "Enrolled";
    public DateTimeOffset EnrolledAt { get; set; } = now;
    public DateTimeOffset SeenAt { get; set; } = now;

    /// <summary>It was told to leave, and does when it next reports.</summary>
    public bool IsToBeWiped { get; set; }

    /// <summary>What a wipe is meant for.</summary>
    public (Guid, int, DateTimeOffset) Enrolment => (Uuid, User, EnrolledAt);
}

/// <summary>A wipe that it was asked for.</summary>
internal sealed record ModelledWipe(int Device, Guid Uuid, DateTimeOffset At);

/// <summary>Its devices, and what they are sent.</summary>
internal sealed partial class ModelledUem
{
    /// <summary>What people are told about an app that they lack.</summary>
    public const string Nudge = "Please open the Hub.";

    private readonly List<ModelledWipe> wipes = [];

    /// <summary>What it knows of each device that somebody has looked at.</summary>
    public Dictionary<int, ModelledPhone> Phones { get; } = [];

    /// <summary>Accounts of administrators, by name.</summary>
    public Dictionary<string, Guid> Accounts { get; } = [];

    /// <summary>It holds wipes back.</summary>
    public bool IsWipeLocked { get; set; }

    /// <summary>Told of each command at the moment when it is acted on.</summary>
    public Action<int, string> Commanded { get; set; } = (_, _) => { };

    /// <summary>Told of each message about a finding when it is acted on.</summary>
    public Action<int, string> Written { get; set; } = (_, _) => { };

    public ModelledPhone Phone(int device) =>
        Phones.TryGetValue(device, out var phone)
            ? phone
            : Phones[device] = new ModelledPhone(device, clock.GetUtcNow());

    public bool WasWiped(int device, DateTimeOffset since) =>
        wipes.Exists(wipe => wipe.Device == device && wipe.At >= since);

    /// <summary>A device reports, and takes what waits for it.</summary>
    public void Report(int device)
    {
        var phone = Phone(device);
        phone.SeenAt = clock.GetUtcNow();
        if (phone.IsToBeWiped)
        {
            (phone.IsToBeWiped, phone.Status) = (false, "Unenrolled");
        }
    }

    /// <summary>It is enrolled anew, by the same person or another.</summary>
    public void Reenrol(int device, int user)
    {
        var phone = Phone(device);
        (phone.User, phone.Status, phone.IsToBeWiped) = (user, "Enrolled", false);
        phone.EnrolledAt = phone.SeenAt = clock.GetUtcNow();
    }

    private HttpResponseMessage Describe(int device)
    {
        if (!Devices.Contains(device))
        {
            return Error(404, 5061, "Device not found for this request.");
        }

        var phone = Phone(device);
        return Json(
            new
            {
                Id = new { Value = device },
                phone.Uuid,
                SerialNumber = $"S{device}",
                UserId = new { Id = new { Value = phone.User } },
                phone.Platform,
                PlatformId = new { Id = new { Value = phone.Platform == "Apple" ? 2 : 5 }, Name = phone.Platform },
                LastSeen = Date(phone.SeenAt),
                EnrollmentStatus = phone.IsToBeWiped ? "EnterpriseWipePending" : phone.Status,
                LastEnrolledOn = Date(phone.EnrolledAt),
            }
        );
    }

    private HttpResponseMessage Command(int device, string command)
    {
        if (!Devices.Contains(device))
        {
            return Error(404, 5061, "Device not found for this request.");
        }

        Commanded(device, command);
        if (NeverTouched.Contains(device))
        {
            Offences.Add($"Device {device} got {command}, and is on the never-touch list.");
        }

        if (command == "EnterpriseWipe")
        {
            Phone(device).IsToBeWiped = true;
            wipes.Add(new ModelledWipe(device, Phone(device).Uuid, clock.GetUtcNow()));
        }

        return new HttpResponseMessage(HttpStatusCode.Accepted);
    }

    private HttpResponseMessage Wipes() =>
        Json(
            new
            {
                device_wipes = wipes.Select(wipe => new
                {
                    device_uuid = wipe.Uuid,
                    wipe_type = "ENTERPRISE_WIPE",
                    status = "QUEUED",
                    event_date = Date(wipe.At),
                }),
            }
        );

    private HttpResponseMessage Administrators(NameValueCollection query) =>
        query["status"] == "Active" && Accounts.TryGetValue(query["username"] ?? "", out var uuid)
            ? Json(
                new
                {
                    Admins = new[] { new { Uuid = uuid, Username = query["username"] } },
                    Page = 0,
                    PageSize = 500,
                    Total = 1,
                }
            )
            : new HttpResponseMessage(HttpStatusCode.NoContent);

    private HttpResponseMessage Message(int device, string body)
    {
        if (!Devices.Contains(device))
        {
            return Error(404, 5061, "Device not found for this request.");
        }

        using var sent = JsonDocument.Parse(body);
        var text = Said(sent, "MessageBody");
        if (text == Nudge)
        {
            CountNudge(device);
        }
        else
        {
            Written(device, text);
        }

        if (NeverTouched.Contains(device))
        {
            Offences.Add($"Device {device} got a message, and is on the never-touch list.");
        }

        return new HttpResponseMessage(HttpStatusCode.Accepted);
    }

    private void CountNudge(int device)
    {
        var now = clock.GetUtcNow();
        if (Messages.TryGetValue(device, out var earlier) && now - earlier < BetweenMessages)
        {
            Offences.Add($"Device {device} got a message at {earlier:HH:mm:ss} and another one at {now:HH:mm:ss}.");
        }

        Messages[device] = now;
    }

    private static string Date(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture);
}
