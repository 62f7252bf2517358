using System.Collections.Specialized;
using System.Net;
using System.Text.Json;

namespace Picket.Server.Tests.Simulation;

/// <summary>Its tags.</summary>
internal sealed partial class ModelledUem
{
    /// <summary>Tags that lie about, for somebody to delete while others are listed.</summary>
    private const string Shelf = "Shelf";

    private readonly HashSet<int> saidNobody = [];

    public void MakeShelf(int tags)
    {
        for (var number = 0; number < tags; number++)
        {
            Make($"{Shelf} {number}", isPickets: false);
        }
    }

    /// <summary>Tags that people take notice of.</summary>
    public IReadOnlyList<ModelledTag> Seen =>
        [.. Tags.Values.Where(tag => !tag.Name.StartsWith(Shelf, StringComparison.Ordinal))];

    private HttpResponseMessage Search(NameValueCollection query, Trouble trouble)
    {
        var (page, size) = (Number(query["page"] ?? "0"), Number(query["pagesize"] ?? "500"));
        if (trouble == Trouble.Churn && page > 0 && Tags.Values.FirstOrDefault(tag => !Seen.Contains(tag)) is { } old)
        {
            Tags.Remove(old.Id);
            Make($"{Shelf} {nextTag}", isPickets: false);
        }

        var rows = Tags.Values.Select(tag => new { Id = new { Value = tag.Id }, TagName = tag.Name }).ToList();
        if (trouble == Trouble.RowLeftOut && rows.Count > 0)
        {
            rows.RemoveAt(random.Next(rows.Count));
        }

        var total = rows.Count;
        var moved = trouble == Trouble.RowsMoved && page > 0 ? 1 : 0;
        rows = [.. rows.Skip((page * size) + moved).Take(size)];
        if (trouble == Trouble.WrongTotal)
        {
            total += random.Next(1, 4);
        }
        else if (trouble == Trouble.RowTwice && rows.Count > 0)
        {
            rows.Add(rows[0]);
        }

        return rows.Count == 0
            ? new HttpResponseMessage(HttpStatusCode.NoContent)
            : Json(
                new
                {
                    Tags = rows,
                    Page = page,
                    PageSize = size,
                    Total = total,
                }
            );
    }

    /// <summary>Once, and then it has caught up with what it was told.</summary>
    private bool SaysNobody(int tag) => saidNobody.Add(tag) || !saidNobody.Remove(tag);

    private HttpResponseMessage Add(string body)
    {
        using var wish = JsonDocument.Parse(body);
        var name = wish.RootElement.GetProperty("TagName").GetString()!;
        if (Tags.Values.Any(tag => tag.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            Offences.Add($"It made the tag {name}, which is there.");
            return Error(400, 6, $"Tag name: {name} already exists.");
        }

        return Json(new { Value = Make(name, isPickets: true).Id });
    }

    private HttpResponseMessage Rename(int number, string body)
    {
        using var wish = JsonDocument.Parse(body);
        var name = wish.RootElement.GetProperty("TagName").GetString()!;
        if (!Tags.TryGetValue(number, out var tag))
        {
            return Error(400, 6, "Invalid tag id");
        }

        if (!tag.IsPickets)
        {
            Offences.Add($"It renamed the tag {tag.Name} of others to {name}.");
        }

        tag.Name = name;
        return new HttpResponseMessage(HttpStatusCode.OK);
    }

    private HttpResponseMessage CarriersTold(int tag)
    {
        Tags.GetValueOrDefault(tag)?.ChangedByHand.Clear();
        return Carriers(tag);
    }

    private HttpResponseMessage Carriers(int tag) =>
        Tags.TryGetValue(tag, out var found)
            ? Json(new { Device = found.Carriers.Select(device => new { DeviceId = device }) })
            : Error(400, 6, "Invalid tag id");

    private HttpResponseMessage Bulk(int number, string body, bool isAdd, Trouble trouble)
    {
        using var wish = JsonDocument.Parse(body);
        int[] devices =
        [
            .. wish
                .RootElement.GetProperty("BulkValues")
                .GetProperty("Value")
                .EnumerateArray()
                .Select(value => Number(value.GetString()!)),
        ];
        if (!Tags.TryGetValue(number, out var tag))
        {
            return Error(400, 6, "Invalid tag id");
        }

        Offences.AddRange(OffencesOf(tag, devices));
        if (devices.Length > BulkLimit)
        {
            return Error(400, 6, "Bulk input has more than Bulk settings allow.");
        }

        Writes.Add(new TagWrite(number, isAdd, devices));
        var faults = new List<object>();
        foreach (var device in devices)
        {
            if (FaultOf(tag, device, isAdd, trouble) is { } fault)
            {
                faults.Add(
                    new
                    {
                        fault.ErrorCode,
                        ItemValue = $"{device}",
                        fault.Message,
                    }
                );
            }
        }

        return Json(
            new
            {
                TotalItems = devices.Length,
                AcceptedItems = devices.Length - faults.Count,
                FailedItems = faults.Count,
                Faults = new { Fault = faults },
            }
        );
    }

    private (int ErrorCode, string Message)? FaultOf(ModelledTag tag, int device, bool isAdd, Trouble trouble)
    {
        if (!Devices.Contains(device))
        {
            return (404, "Device Not Found");
        }

        if (trouble == Trouble.SomeRefused && random.Next(2) == 0)
        {
            return (500, "The device is busy.");
        }

        var changed = isAdd ? tag.Carriers.Add(device) : tag.Carriers.Remove(device);
        if (!changed)
        {
            // Of what a hand changed since, Picket cannot know.
            if (TroublePercent == 0 && trouble == Trouble.None && !tag.ChangedByHand.Contains(device))
            {
                Offences.Add(
                    $"It {(isAdd ? "put" : "took")} {tag.Name} {(isAdd ? "on" : "off")} {device}, where it was so already."
                );
            }

            return (400, isAdd ? "Tag is already associated with the device." : "Tag is not associated.");
        }

        ByPicket[(device, tag.Id)] = isAdd;
        return null;
    }

    private IEnumerable<string> OffencesOf(ModelledTag tag, int[] devices)
    {
        if (!tag.IsPickets)
        {
            yield return $"It touched the tag {tag.Name}, which somebody else made.";
        }

        foreach (var device in devices.Where(NeverTouched.Contains))
        {
            yield return $"It touched device {device}, which is on the never-touch list.";
        }

        if (devices.Length != devices.Distinct().Count())
        {
            yield return $"It named a device twice in one call for {tag.Name}.";
        }
    }
}
