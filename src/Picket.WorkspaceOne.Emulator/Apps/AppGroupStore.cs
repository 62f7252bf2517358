using System.Collections.Immutable;

namespace Picket.WorkspaceOne.Emulator.Apps;

/// <param name="Type">Whitelist, Blacklist, Required and so on, as the caller wrote it.</param>
/// <param name="Group">Index of the organization group that manages it.</param>
public sealed record AppGroup(
    int Id,
    string Name,
    string Type,
    string Platform,
    string Description,
    int Group,
    ImmutableArray<(string Name, string BundleId)> Applications
);

/// <summary>Lists of apps that are allowed, denied or required.</summary>
public sealed class AppGroupStore
{
    private const int FirstId = 601;

    private readonly Lock gate = new();
    private volatile IReadOnlyList<AppGroup> all = [];
    private int made;

    public IReadOnlyList<AppGroup> All => all;

    public AppGroup? ById(int id) => all.FirstOrDefault(group => group.Id == id);

    public AppGroup Create(Func<int, AppGroup> describe)
    {
        lock (gate)
        {
            var group = describe(FirstId + made++);
            all = [.. all, group];
            return group;
        }
    }

    public AppGroup Change(AppGroup group, Func<AppGroup, AppGroup> change)
    {
        lock (gate)
        {
            var changed = change(ById(group.Id) ?? group);
            all = [.. all.Select(one => one.Id == group.Id ? changed : one)];
            return changed;
        }
    }

    public void Delete(AppGroup group)
    {
        lock (gate)
        {
            all = [.. all.Where(one => one.Id != group.Id)];
        }
    }

    internal SavedAppGroups Save()
    {
        lock (gate)
        {
            return new(all, made);
        }
    }

    internal void Load(SavedAppGroups saved)
    {
        lock (gate)
        {
            all = saved.All;
            made = saved.Made;
        }
    }
}

internal sealed record SavedAppGroups(IReadOnlyList<AppGroup> All, int Made);
