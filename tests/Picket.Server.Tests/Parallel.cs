// Servers wait for each other and for disks: a third test uses what two leave of two cores.
[assembly: Xunit.v3.Parallelization(MaxThreads = 3)]
