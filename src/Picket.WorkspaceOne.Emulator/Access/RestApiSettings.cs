using System.Collections.Immutable;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Access;

/// <summary>The General tab of one organization group.</summary>
/// <param name="Override">False: the parent's setting is in force, and the keys of this group are not.</param>
public sealed record RestApiGeneral(bool Override, bool Enabled, ImmutableArray<ApiKey> Keys)
{
    internal static readonly RestApiGeneral Inherited = new(false, false, []);
}

/// <summary>The Authentication tab of one organization group.</summary>
public sealed record RestApiAuthentication(bool Override, bool Basic, bool Certificate, bool Directory)
{
    internal static readonly RestApiAuthentication Inherited = new(false, false, false, false);
}

/// <summary>
/// Settings > System > Advanced > API > REST API, for each organization group. A group that does not override takes its
/// parent's setting; above the topmost one everything is disabled, as on a server that nobody prepared.
/// </summary>
public sealed class RestApiSettings
{
    private sealed record State(
        ImmutableDictionary<int, RestApiGeneral> General,
        ImmutableDictionary<int, RestApiAuthentication> Authentication,
        ImmutableDictionary<string, ApiKey> KeysInForce
    );

    private readonly OrganizationTree tree;
    private readonly Lock gate = new();
    private ImmutableDictionary<string, ApiKey> ofOtherTrees = ImmutableDictionary<string, ApiKey>.Empty;
    private volatile State state = new(
        ImmutableDictionary<int, RestApiGeneral>.Empty,
        ImmutableDictionary<int, RestApiAuthentication>.Empty,
        ImmutableDictionary<string, ApiKey>.Empty
    );

    internal RestApiSettings(OrganizationTree tree) => this.tree = tree;

    /// <summary>What the group itself says, in force or not.</summary>
    public RestApiGeneral OwnGeneral(int group) => state.General.GetValueOrDefault(group, RestApiGeneral.Inherited);

    public RestApiAuthentication OwnAuthentication(int group) =>
        state.Authentication.GetValueOrDefault(group, RestApiAuthentication.Inherited);

    /// <summary>What is in force at the group, and the group that says so; null: nobody overrides.</summary>
    public (RestApiGeneral Setting, int? From) GeneralAt(int group)
    {
        var now = state;
        return InForce(group, at => now.General.GetValueOrDefault(at) is { Override: true } own ? own : null)
            ?? (RestApiGeneral.Inherited, null);
    }

    public (RestApiAuthentication Setting, int? From) AuthenticationAt(int group)
    {
        var now = state;
        return InForce(group, at => now.Authentication.GetValueOrDefault(at) is { Override: true } own ? own : null)
            ?? (RestApiAuthentication.Inherited, null);
    }

    /// <summary>Every key that identifies a group now.</summary>
    public IReadOnlyCollection<ApiKey> KeysInForce => [.. state.KeysInForce.Values];

    public ApiKey? Key(string value) =>
        state.KeysInForce.GetValueOrDefault(value) is { } key && (!key.OfThisTree || tree.Exists(key.Group))
            ? key
            : null;

    public void SetGeneral(int group, Func<RestApiGeneral, RestApiGeneral> change) =>
        Apply(now =>
        {
            var had = now.General.GetValueOrDefault(group, RestApiGeneral.Inherited);
            var wanted = change(had);
            // Enabling makes the keys of the group: one for administrators, one for enrolment clients.
            var keys = wanted is { Override: true, Enabled: true, Keys.IsEmpty: true }
                ?
                [
                    new ApiKey(ApiKey.NewValue(), ApiKeyKind.Admin) { Group = group },
                    new ApiKey(ApiKey.NewValue(), ApiKeyKind.EnrollmentUser) { Group = group },
                ]
                : wanted.Keys;
            return now with { General = now.General.SetItem(group, wanted with { Keys = keys }) };
        });

    public void SetAuthentication(int group, Func<RestApiAuthentication, RestApiAuthentication> change) =>
        Apply(now =>
            now with
            {
                Authentication = now.Authentication.SetItem(
                    group,
                    change(now.Authentication.GetValueOrDefault(group, RestApiAuthentication.Inherited))
                ),
            }
        );

    /// <summary>Adds a key, or changes the kind of the one that has its value.</summary>
    internal void AddKey(ApiKey key)
    {
        RemoveKey(key.Value);
        if (key.OfThisTree)
        {
            // The group's switch stays as it is.
            SetKeys(key.Group, keys => keys.Add(key));
            return;
        }

        lock (gate)
        {
            ofOtherTrees = ofOtherTrees.SetItem(key.Value, key);
        }

        Apply(now => now);
    }

    internal void RemoveKey(string value)
    {
        lock (gate)
        {
            ofOtherTrees = ofOtherTrees.Remove(value);
        }

        foreach (var group in state.General.Keys)
        {
            SetKeys(group, keys => keys.RemoveAll(key => key.Value == value));
        }
    }

    internal SavedRestApi Save() => new(state.General, state.Authentication, [.. ofOtherTrees.Values]);

    internal void Load(SavedRestApi saved)
    {
        lock (gate)
        {
            ofOtherTrees = saved.OtherKeys.ToImmutableDictionary(key => key.Value);
        }

        Apply(now =>
            now with
            {
                General = saved.General.ToImmutableDictionary(),
                Authentication = saved.Authentication.ToImmutableDictionary(),
            }
        );
    }

    private void SetKeys(int group, Func<ImmutableArray<ApiKey>, ImmutableArray<ApiKey>> change) =>
        Apply(now =>
        {
            var had = now.General.GetValueOrDefault(group, RestApiGeneral.Inherited);
            return now with { General = now.General.SetItem(group, had with { Keys = change(had.Keys) }) };
        });

    private void Apply(Func<State, State> change)
    {
        lock (gate)
        {
            var next = change(state);
            var keys = next.General.Values.Where(general => general.Override).SelectMany(general => general.Keys);
            state = next with
            {
                KeysInForce = ofOtherTrees.SetItems(keys.Select(key => KeyValuePair.Create(key.Value, key))),
            };
        }
    }

    private (T Setting, int? From)? InForce<T>(int group, Func<int, T?> own)
        where T : class
    {
        for (int? at = group; at is { } index; at = tree.At(index).ParentIndex)
        {
            if (own(index) is { } setting)
            {
                return (setting, index);
            }
        }

        return null;
    }
}

/// <summary>The settings as a saved state holds them.</summary>
internal sealed record SavedRestApi(
    IReadOnlyDictionary<int, RestApiGeneral> General,
    IReadOnlyDictionary<int, RestApiAuthentication> Authentication,
    IReadOnlyList<ApiKey> OtherKeys
);
