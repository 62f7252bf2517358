namespace Picket.Core.Preparation;

/// <summary>The account's own group and roles, and whether the integration's group is in its scope.</summary>
internal static class AccountChecks
{
    internal static void Run(Examination examination)
    {
        var facts = examination.Facts;
        examination.Check(Checks.Roles, () => Roles(facts));
        examination.Check(Checks.Scope, () => Scope(facts.Answer(DoctorProbes.Group)));
        examination.Check(Checks.Excess, () => Excess(facts));
    }

    private static Judgement Roles(ProbeFacts facts)
    {
        var answer = facts.Answer(DoctorProbes.Self);
        if (facts.Subject.Authentication == UemAuthentication.OAuth)
        {
            return Judgement.NotTested("An OAuth client has no administrator account to look up.");
        }

        return (answer, facts.Account) switch
        {
            (null, _) => Judgement.NotTested("The account was not looked up."),
            ({ Succeeded: false }, _) => Judgement.NotTested("Administrators could not be searched.", answer),
            (_, null) => Judgement.Warn(
                "The account is accepted, but does not see itself among the administrators.",
                new CheckCause("Its role is at a group above or beside the one searched.", ConsolePaths.AssignRole)
            ),
            (_, { Roles: var roles }) when roles.All(role => !role.Active) => Judgement.Fail(
                "The account has no active role.",
                answer
            ),
            (_, { Roles: var roles }) => Judgement.Pass(
                string.Join(
                    "; ",
                    roles.Where(role => role.Active).Select(role => $"{role.Name} at {role.GroupName ?? "?"}")
                ),
                answer
            ),
        };
    }

    /// <summary>The UEM gives "no such group" and "not your group" the same answer, on purpose.</summary>
    private static Judgement Scope(RemoteAnswer? answer) =>
        answer is null
            ? Judgement.NotTested("The group was not asked for.")
            : Refusals.Of(answer) switch
            {
                Refusal.None => Judgement.Pass("The group can be read.", answer),
                Refusal.OutOfScope => Judgement.Fail(
                    "The group is not there, or not in the account's scope; the UEM does not tell which.",
                    answer,
                    new CheckCause("The account's role is at another group.", ConsolePaths.AssignRole),
                    new CheckCause("The group was deleted, or the wrong one was chosen.", ConsolePaths.CheckGroup)
                ),
                _ => Judgement.NotTested("The group could not be asked for.", answer),
            };

    /// <summary>No route tells a role's rights, so its name has to do. Never a warning: a broad role is allowed.</summary>
    private static Judgement Excess(ProbeFacts facts)
    {
        var names = facts.Account?.Roles.Where(role => role.Active).Select(role => role.Name).ToList() ?? [];
        var broad = BroadRoles.In(names);
        return names.Count == 0 ? Judgement.NotTested("The account's roles are not known.")
            : broad is not null
                ? Judgement.Pass(
                    $"{broad} grants everything, new features too. A role of your own with the rows below would grant less, and has to be kept up by hand."
                )
            : Judgement.Pass(
                $"{string.Join(", ", names)}: judged by its name, a role of your own. Rows that are new after an upgrade have to be added by hand."
            );
    }
}
