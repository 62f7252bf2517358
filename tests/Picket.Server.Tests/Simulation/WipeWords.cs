using Picket.Core.Identity;
using Picket.Core.Response;

namespace Picket.Server.Tests.Simulation;

/// <summary>
/// What people said of wipes, as they know it themselves, against what reaches the UEM. Where the process died with somebody's
/// word nobody knows whether it counts, so it may.
/// </summary>
internal sealed class WipeWords(ModelledUem uem, TimeProvider clock)
{
    private readonly List<Word> words = [];
    private readonly List<DateTimeOffset> came = [];

    /// <param name="command">Null where nobody heard of it.</param>
    public void Asked(int device, Guid? command, Colleague asker, (Guid, int, DateTimeOffset) bound)
    {
        if (!asker.MayNow(Right.Request) || !HasShown(asker))
        {
            Offend(command is not null, $"{asker.Name} could ask for a wipe of {device}.");
            return;
        }

        words.Add(new Word(device, command, asker, bound));
    }

    public void Approved(int device, Guid command, Colleague approver, bool isSure)
    {
        var mayCount = words.FindAll(word =>
            word.Device == device && (word.Command ?? command) == command && !word.IsOver
        );
        var rightly = mayCount.FindAll(word =>
            word.Asker != approver
            && approver.MayNow(Right.Approve)
            && HasShown(approver)
            && !word.Asker.TiedTo.Contains(approver.Id)
            && !approver.TiedTo.Contains(word.Asker.Id)
        );
        Offend(isSure && rightly.Count == 0, $"{approver.Name} could approve the wipe of {device}.");
        rightly.ForEach(word => word.Approvers.Add(approver));
    }

    public void Ended(Guid command, bool isSure)
    {
        foreach (var word in words.Where(word => isSure && word.Command == command))
        {
            word.IsOver = true;
        }
    }

    /// <summary>All writes were stopped: who approved before is asked again.</summary>
    public void Stopped() => words.ForEach(word => word.Approvers.Clear());

    /// <summary>A wipe has reached the UEM.</summary>
    public void Came(int device, int mostInAnHour)
    {
        var now = clock.GetUtcNow();
        came.Add(now);
        Offend(
            came.Count(at => at > now.AddHours(-1)) > mostInAnHour,
            "More wipes came within an hour than are allowed."
        );
        var word = words.Find(word =>
            word.Device == device
            && !word.IsOver
            && word.Bound == uem.Phone(device).Enrolment
            && word.Asker.MayNow(Right.Request)
            && word.Approvers.Any(approver => approver.MayNow(Right.Approve))
        );
        if (word is null)
        {
            uem.Offences.Add(
                $"Device {device} was wiped without the word of two people, for this enrolment, that still holds."
            );
            return;
        }

        word.IsOver = true;
    }

    private bool HasShown(Colleague one) =>
        clock.GetUtcNow() - one.FactorAt <= TwoPeople.FactorCounts + TimeSpan.FromMinutes(5);

    private void Offend(bool when, string what)
    {
        if (when)
        {
            uem.Offences.Add(what);
        }
    }

    private sealed class Word(int device, Guid? command, Colleague asker, (Guid, int, DateTimeOffset) bound)
    {
        public int Device { get; } = device;
        public Guid? Command { get; } = command;
        public Colleague Asker { get; } = asker;
        public (Guid, int, DateTimeOffset) Bound { get; } = bound;
        public HashSet<Colleague> Approvers { get; } = [];
        public bool IsOver { get; set; }
    }
}
