using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Life;

namespace Picket.WorkspaceOne.Emulator.Events;

/// <summary>Tells subscribers what happened to devices of their groups.</summary>
internal sealed class EventDesk
{
    private readonly Tenant tenant;
    private readonly EventSubscriptions subscriptions;
    private readonly EventPost post;
    private readonly EventPayloadForm form;

    public EventDesk(
        Tenant tenant,
        DeviceLife life,
        EventSubscriptions subscriptions,
        EventPost post,
        EventPayloadForm form
    )
    {
        this.tenant = tenant;
        this.subscriptions = subscriptions;
        this.post = post;
        this.form = form;
        tenant.Fleet.Changing += Tell;
        life.MovedByItself += Tell;
        life.Heard = () => subscriptions.All.Any(row => row.Active);
    }

    private void Tell(Device before, Device? after, DateTime at)
    {
        var active = subscriptions.All.Where(row => row.Active).ToList();
        if (active.Count == 0)
        {
            return;
        }

        var device = after ?? before;
        foreach (var type in DeviceEventType.Of(before, after))
        {
            foreach (var row in active.Where(row => row.Events.HasFlag(type.Box) && Reaches(row, device)))
            {
                var body = EventPayload.Text(row.Format, form, type, device, tenant, at);
                post.Send(row, type.Type, device.Id, new DateTimeOffset(at, TimeSpan.Zero), body);
            }
        }
    }

    private bool Reaches(EventSubscription row, Device device) => tenant.Tree.IsWithin(device.Group, row.Group);
}
