namespace Picket.Core.Deployment;

/// <summary>
/// Works out the list of assignments that an app should have. The UEM replaces the list as a whole, so everything that
/// is not ours goes back exactly as it came, in its order. Ours come last: an administrator's word counts first.
/// </summary>
public static class AssignmentPlanner
{
    /// <param name="current">The list as it was read.</param>
    /// <param name="owned">What this publication made, by its own record.</param>
    /// <param name="wanted">What should be there of this publication; empty to take back all of it.</param>
    public static AssignmentPlan Plan(
        AssignmentList current,
        IReadOnlyCollection<OwnedAssignment> owned,
        IReadOnlyList<WantedAssignment> wanted
    )
    {
        if (Trouble(current, owned, wanted) is { } reason)
        {
            return new AssignmentPlan.Stop(reason);
        }

        var after = After(current, owned, wanted);
        if (after.IsSame(current))
        {
            return new AssignmentPlan.Nothing(current);
        }

        var before = Ours(current, owned).ToDictionary(row => row.Name!);
        var changed = wanted.Where(want => before.TryGetValue(want.Name, out var had) && !want.IsMetBy(had));
        return new AssignmentPlan.Send(
            current,
            after,
            [.. wanted.Select(want => want.Name).Where(name => !before.ContainsKey(name))],
            [.. changed.Select(want => want.Name)],
            [.. before.Keys.Except(wanted.Select(want => want.Name))],
            Shadows(after, wanted)
        );
    }

    /// <summary>The list without anything that this publication made.</summary>
    public static AssignmentPlan Undo(AssignmentList current, IReadOnlyCollection<OwnedAssignment> owned) =>
        Plan(current, owned, []);

    /// <summary>Compares the list that a plan rests on with the one that was read right before sending.</summary>
    public static AssignmentCheck Check(
        AssignmentPlan.Send plan,
        AssignmentList now,
        IReadOnlyCollection<OwnedAssignment> owned
    )
    {
        if (plan.Read.IsSame(now))
        {
            return AssignmentCheck.Send;
        }

        var (before, after) = (Ours(plan.Read, owned), Ours(now, owned));
        var oursStayed =
            before.Count == after.Count && before.Zip(after).All(pair => pair.First.IsSameButForPlace(pair.Second));
        return oursStayed ? AssignmentCheck.Replan : AssignmentCheck.Stop;
    }

    /// <summary>What became of a list that was sent; also when the answer was lost or was an error of the server.</summary>
    public static AssignmentReadBack ReadBack(
        AssignmentPlan.Send plan,
        AssignmentList now,
        IReadOnlyCollection<OwnedAssignment> owned,
        IReadOnlyList<WantedAssignment> wanted
    )
    {
        var names = Names(owned, wanted);
        var met = wanted.Count(want => now.Rows.Count(row => row.Name == want.Name) == 1 && now.Rows.Any(want.IsMetBy));
        var left = now.Rows.Count(row => row.Name is { } name && names.Contains(name));
        if (met == wanted.Count && left == met)
        {
            return ForeignIsSame(plan.ToSend, now, names) ? AssignmentReadBack.Done : AssignmentReadBack.ForeignChanged;
        }

        var before = plan.Read.Rows.Where(row => row.Name is { } name && names.Contains(name)).ToList();
        var after = now.Rows.Where(row => row.Name is { } name && names.Contains(name)).ToList();
        return before.Count == after.Count && before.Zip(after).All(pair => pair.First.IsSameButForPlace(pair.Second))
            ? AssignmentReadBack.NotDone
            : AssignmentReadBack.Mixed;
    }

    private static string? Trouble(
        AssignmentList current,
        IReadOnlyCollection<OwnedAssignment> owned,
        IReadOnlyList<WantedAssignment> wanted
    )
    {
        foreach (var own in owned)
        {
            var found = current.Rows.Where(row => row.Name == own.Name).ToList();
            if (found.Count > 1)
            {
                return $"The UEM has {found.Count} assignments called '{own.Name}'. Rename or remove the one that is not Picket's, then try again.";
            }

            if (own.LastRead is { } last && !(own.Leaving && found.Count == 0))
            {
                if (found.Count == 0)
                {
                    return $"Somebody removed or renamed the assignment '{own.Name}' in the UEM. Decide whether the publication ends or makes it anew.";
                }

                if (!new AssignmentRow(last).IsSameButForPlace(found[0]))
                {
                    return $"Somebody changed the assignment '{own.Name}' in the UEM. Decide whether to keep the change or to write Picket's again.";
                }
            }
        }

        var ours = owned.Select(own => own.Name).ToHashSet();
        return wanted
            .Where(want => !ours.Contains(want.Name) && current.Rows.Any(row => row.Name == want.Name))
            .Select(want =>
                $"The UEM has an assignment called '{want.Name}' that this publication did not make. Rename or remove it, then try again."
            )
            .FirstOrDefault();
    }

    private static AssignmentList After(
        AssignmentList current,
        IReadOnlyCollection<OwnedAssignment> owned,
        IReadOnlyList<WantedAssignment> wanted
    )
    {
        var ours = owned.Select(own => own.Name).ToHashSet();
        var left = wanted.ToDictionary(want => want.Name);
        var rows = new List<AssignmentRow>();
        var gone = new List<int>();
        foreach (var row in current.Rows)
        {
            if (row.Name is not { } name || !ours.Contains(name))
            {
                rows.Add(row);
            }
            else if (left.Remove(name, out var want))
            {
                rows.Add(want.IsMetBy(row) ? row : want.ToRow(row.Priority ?? rows.Count));
            }
            else
            {
                gone.Add(row.Priority ?? int.MaxValue);
            }
        }

        // The UEM wants priorities without gaps: what comes after a row that goes moves up.
        var moved = rows.Select(row => row.At(row.Priority - gone.Count(place => place < row.Priority))).ToList();
        var next = moved.Max(row => row.Priority) is { } last ? last + 1 : moved.Count;
        moved.AddRange(wanted.Where(want => left.ContainsKey(want.Name)).Select(want => want.ToRow(next++)));
        return current with { Rows = moved };
    }

    private static List<AssignmentRow> Ours(AssignmentList list, IReadOnlyCollection<OwnedAssignment> owned)
    {
        var names = owned.Select(own => own.Name).ToHashSet();
        return [.. list.Rows.Where(row => row.Name is { } name && names.Contains(name))];
    }

    private static HashSet<string> Names(
        IReadOnlyCollection<OwnedAssignment> owned,
        IReadOnlyList<WantedAssignment> wanted
    ) => [.. owned.Select(own => own.Name), .. wanted.Select(want => want.Name)];

    private static bool ForeignIsSame(AssignmentList sent, AssignmentList now, HashSet<string> ours)
    {
        var (before, after) = (Foreign(sent, ours), Foreign(now, ours));
        return before.Count == after.Count
            && before.Zip(after).All(pair => pair.First.IsSame(pair.Second))
            && sent.HasSameOthers(now);
    }

    private static List<AssignmentRow> Foreign(AssignmentList list, HashSet<string> ours) =>
        [.. list.Rows.Where(row => row.Name is not { } name || !ours.Contains(name))];

    private static IReadOnlyList<Shadow> Shadows(AssignmentList after, IReadOnlyList<WantedAssignment> wanted)
    {
        var names = wanted.Select(want => want.Name).ToHashSet();
        return
        [
            .. from own in after.Rows
            where own.Name is { } name && names.Contains(name)
            from other in after.Rows
            where other.Priority < own.Priority && (other.Name is not { } name || !names.Contains(name))
            from shared in own.SmartGroups.Intersect(other.SmartGroups)
            select new Shadow(own.Name!, other.Name, shared),
        ];
    }
}
