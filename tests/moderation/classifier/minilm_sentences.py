"""Threats and insults, and harmless sentences about the same things, written for this test."""

HARMFUL = """
You are a worthless idiot and everybody knows it.
I will find you and break your legs.
Shut your filthy mouth, you disgusting pig.
People like you should be thrown out of a window.
What a pathetic liar, you make me sick.
Next time I see you I will smash your face.
Only a complete moron could write such rubbish.
You will regret this, we know where your kids go to school.
Go and choke on your own lies, you creep.
This scum does not deserve to live among us.
You stupid cow, nobody asked for your opinion.
Somebody should put a bullet in that journalist.
You are too dumb to understand your own words.
I hope you die alone and in pain.
Get lost, you ugly parasite.
We are coming for you tonight, lock your doors.
The author is a brainless clown and a coward.
I swear I will burn your house down.
You are garbage, your family is garbage.
He ought to be beaten until he cannot walk.
Crawl back under your rock, you worm.
One more word and I will cut your throat.
You miserable little rat, you sold your conscience.
Kill yourself, the world would be better off.
All of you are retarded sheep.
Watch your back, I know your address.
That ugly witch should keep her mouth shut.
I would strangle him with my own hands.
You are the dumbest creature that ever held a pen.
These vermin should be exterminated.
You are an absolute disgrace and a fool.
I am going to hurt you very badly.
Nobody likes you, you repulsive loser.
They should hang him from the nearest tree.
What an imbecile, even a donkey is smarter.
Wait until I get my hands on you, traitor.
You smell like a sewer and think like one.
I will make sure you never walk again.
Stupid old hag, go back to your kitchen.
Such bastards must be shot without a trial.
You spineless, lying piece of dirt.
We will break into your flat and beat you up.
Your child is as stupid and ugly as you are.
You deserve to be run over by a truck.
Only an idiot like you would believe that.
"""

HARMLESS = """
Thank you for the article, now I understand why the bridge is closed.
The bus was late again this morning because of the snow.
I disagree with the author, the numbers for May look different.
Where can I find the timetable for the night trains?
My grandmother bakes the same bread every Sunday.
The council will vote on the new park next week.
Does anybody know when the library opens on Saturdays?
The concert was wonderful, the violinist played twice.
Prices for heating have gone up by ten per cent this year.
Please correct the date in the second paragraph.
We planted forty apple trees near the school.
The film was a bit long, but my kids loved it.
I broke my leg last winter and the doctors were great.
It would be better to repair the road before autumn.
The police are asking for witnesses of the accident.
He was born in this town and became a famous painter.
Our neighbours found a lost dog near the station.
The new phone has a good camera and a weak battery.
I will call you tomorrow about the tickets.
The team lost, but the second half was exciting.
Is there a lift in the new clinic for people in wheelchairs?
The mayor promised the same thing two years ago.
I watched the interview twice and still have questions.
The soup needs more salt and a little pepper.
Rain is expected in the north until Thursday.
My son starts school in September, he is very proud.
The court postponed the hearing until the end of the month.
Can you recommend a good dentist in the centre?
The museum shows old maps of our region.
I think the tax is unfair to small shops.
The window in our kitchen does not close properly.
She knows the address of the new office.
Volunteers collected eleven bags of litter by the river.
The reporter asked the minister about the budget.
I hope the weather will be fine on your holiday.
Our flat is cold, so we wear two jumpers.
The farmers sell honey and cheese at the market.
When will the results of the exam be published?
The old oak tree near the church has to be cut down.
I was wrong about the deadline, sorry for the confusion.
The driver stopped and let the children cross the street.
Your photograph of the harbour is lovely.
The trial of the former director starts on Monday.
We cooked dinner together and watched the news.
The article does not mention the cost of the repair.
"""

TRAINED = 30


def sentences() -> tuple[list[str], list[str]]:
    """Return the harmful and the harmless ones, the first TRAINED of each for training."""
    return HARMFUL.strip().splitlines(), HARMLESS.strip().splitlines()
