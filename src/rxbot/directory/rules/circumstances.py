"""The circumstances a record may ask for: a closed list of nearly ninety, after Open Eligibility, with the words for each.

What a person has not told is not known; how often it is true of people is then what a rank may go by (`share`).
"""

from collections.abc import Mapping

SHARES_AND_WORDS: Mapping[str, tuple[float, str]] = {
    "low_income": (0.5, (
        "low income, lower income, low to moderate income, low or moderate income, low and moderate income, limited "
        "income, fixed income, income guidelines, income limit, income eligible, income requirements, income qualified, "
        "poverty, poor, needy, economically disadvantaged, financially disadvantaged, disadvantaged, financial need, "
        "financial hardship, limited resources, limited means, indigent, underprivileged, underserved, impoverished, low "
        "wage"
    )),
    "homeless": (0.04, (
        "homeless, unhoused, rough sleepers, without a home, without housing, without shelter, without cooking facilities, "
        "living on the street, live on the street, life on the street, stay on the street, street outreach, sleep outside, "
        "sleeping rough, unsheltered, nowhere to sleep, nowhere to stay, nowhere to live, no place to sleep, no place to stay, "
        "no place to live, without a place to live, without a place to stay, without a place to sleep, leaving shelter, "
        "leaving a shelter, leave shelter, exiting shelter, exiting a shelter, exit shelter, moving out of shelter"
    )),
    "near_homeless": (0.1, (
        "risk of homelessness, risk of becoming homeless, risk of losing their home, eviction, inadequately housed, "
        "facing homelessness, prevent homelessness, homelessness prevention, prevention of homelessness, unstably housed, "
        "unstable housing"
    )),
    "veteran": (0.04, (
        "veteran, armed forces, military, service member, ex-service, active duty, war era, honorably discharged, retired "
        "military, vet center, va hospital, va medical center, va clinic, gi bill, serviceman, servicemen, servicewoman, "
        "servicewomen, national guard, reservist, uniformed service"
    )),
    "child": (0.02, ""),
    "relative_of_one": (0.05, ""),
    "close_to_one": (0.03, ""),
    "volunteer": (0.03, (
        "who wish to volunteer, who want to volunteer, who wish to help, who want to help, who wish to work with, "
        "who want to work with, who wish to teach, who want to teach, who wish to mentor, who want to mentor, "
        "wanting to volunteer, wishing to volunteer"
    )),
    "carer": (0.15, "caregiver, carer, caring for a, caring for someone, family caregiver"),
    "uninsured": (0.15, (
        "uninsured, underinsured, no insurance, without insurance, without health insurance, without medical insurance, lack "
        "insurance, lack health insurance, lack medical insurance, lack of insurance, lack of health insurance, no health "
        "insurance, no medical insurance, no dental insurance, no vision insurance, not have insurance, not have health "
        "insurance, not have medical insurance"
    )),
    "insured": (0.4, "medicaid, medi-cal, medicare, private insurance, insured, insurance required"),
    "health_plan_member": (0.05, "health plan member, plan member, kaiser, hmo, kaiser members"),
    "limited_english": (0.15, (
        "limited english, non-english speaking, non-native english, monolingual, english learner, esol, esl, "
        "english as a second language"
    )),
    "english_speaker": (0.8, (
        "english speaking, speak english, basic knowledge of english, fluent in english, proficient in english"
    )),
    "no_immigration_status": (0.05, "undocumented, without papers"),
    "immigrant": (0.2, "immigrant, migrant, newcomer, emigre, foreign born"),
    "refugee": (0.03, (
        "refugee, asylum seeker, asylee, humanitarian parolee, unaccompanied minor, victims of trafficking, human "
        "trafficking"
    )),
    "citizen": (0.75, (
        "citizen, citizenship, legal resident, legal permanent resident, permanent resident, eligible immigrant, legal "
        "immigrant, legal status, qualified alien, qualified immigrant, lawfully present, green card, work permit, "
        "authorized to work, social security number, lawful permanent resident, eligible for naturalization, eligible to "
        "naturalize, citizenship applicant"
    )),
    "ex_offender": (0.05, (
        "ex-offender, ex-convict, ex-prisoner, former inmate, former prisoner, formerly incarcerated, released from jail, "
        "released from prison, parole, probation, criminal record, reentry, returning citizen, offender, re-entry, "
        "recently incarcerated, previously incarcerated, recently released from incarceration, released from incarceration, "
        "released from custody, with a felony, with a felony conviction, felony conviction, community supervision, "
        "post-release, state correctional facility, state correctional institution, leaving prison, left prison, out of prison, "
        "after prison, home from prison, leaver from prison, prison leaver, prison leavers, been in prison, leaving custody, "
        "leaving jail, left jail, out of jail, home from jail, exiting prison, exiting jail, exiting incarceration, "
        "exiting custody, leaving incarceration, returning from prison, returning from jail, returning from incarceration, "
        "home from incarceration, transitioning from prison, transitioning from jail, transitioning from incarceration, "
        "transitioning out of incarceration, discharged from prison, discharged from jail"
    )),
    "detained": (0.01, (
        "inmate, incarcerated, detention center, immigration detention, detention program, prisoner, in jail, "
        "in prison, in custody, detained, detainee, detainment, juvenile hall, juvenile offender, "
        "juvenile justice, under arrest, arrested, court ordered, court referred, ordered by the court, "
        "by police, by the police, convicted, dui, law violations, delinquent, delinquency, delinquents, criminally charged, "
        "pending criminal action, pending criminal charge, ward of the juvenile court, ward of juvenile court, juvenile court "
        "ward"
    )),
    "abuser": (0.01, (
        "batterer, perpetrator, violent offender, who batter, who abuse, anger management, sex offender, drug offender"
    )),
    "unemployed": (0.12, (
        "unemployed, underemployed, jobless, job seeker, looking for work, looking for a job, seeking work, seeking a "
        "job, seeking employment, not in work, laid off, dislocated worker, out of work, job search, actively seeking employment"
    )),
    "in_business": (0.03, "business owner, entrepreneur, small business, self-employed"),
    "employed": (0.5, "must be working, must be employed"),
    "retired": (0.3, "retired, retiree, semi-retired"),
    "pregnant": (0.03, "pregnant, pregnancy, expectant, expecting, prenatal, postpartum, newborn"),
    "has_children": (0.35, (
        "parent, parenting, with children, with a child, with minor children, with young children, mother, father, families with "
        "children, single parent, custody, custodian, guardian, family with children, dependent children, have children, "
        "have a child, has a child, had a baby, breastfeeding women, breastfeeding mother, nursing mother, "
        "child in custody, child in family, child in the family, child in the home, child in the household, "
        "parent caregiver, parent and caregiver, parent or caregiver, parent and other caregiver, parent guardian and caregiver, "
        "parent guardian caregiver, caregiver of child, caregiver of a child, caregiver of young child, "
        "caregiver of youth, caregiver of infant, caregiver of student, caregiver of teen, caregiver for child"
    )),
    "raises_a_relative": (0.02, (
        "raising a relative, raising the child of a relative, raising a relative's child, raising grandchildren, kinship, "
        "grandparents raising, grandparents who are caregivers, caregivers of grandchildren, grandparent caregiver, "
        "grandfamilies, relative caregiver, kin caregiver, relative care, relatives as parents, grandparents as parents, "
        "grandparents caring for grandchildren"
    )),
    "adopts_or_fosters": (0.02, "adopt, adoptive, adoption, adoptee, foster parent, foster family, birth parent"),
    "foster_youth": (0.01, (
        "foster youth, foster child, foster care, emancipated youth, aging out, aged out, former foster, ward of the court, "
        "care leaver, leaving care, left care"
    )),
    "lgbtq": (0.05, (
        "lgbt, lgbtq, lgbtqi, lgbtqia, lgbtq2s, glbt, gay, lesbian, bisexual, queer, same sex, sexual minority, gender minority"
    )),
    "trans": (0.01, "transgender, transgendered, transsexual"),
    "developmental_disability": (0.02, (
        "developmental disability, developmentally disabled, developmental delay, "
        "developmentally delayed, intellectual "
        "disability, intellectually disabled, intellectually delayed, mentally retarded, mental retardation, down "
        "syndrome, autism, autistic, regional center, learning disability, learning disabled, learning difference, "
        "special needs, special education, cerebral palsy, asperger, mentally challenged, developmentally challenged, "
        "special olympics"
    )),
    "disability": (0.15, (
        "disability, disabled, handicapped, physically challenged, physically limited, physical limitation, impairment, "
        "impaired, mobility, wheelchair, paratransit, amputee, ssi, ssdi, paralyzed, paraplegic, quadriplegic"
    )),
    "deaf": (0.04, "deaf, hard of hearing, hearing impaired, hearing impairment, hearing loss"),
    "visual_impairment": (0.04, (
        "blind, blindness, visually impaired, visual impairment, vision loss, sight loss, loss of sight, vision impairment, "
        "low vision, partially sighted, sight impaired"
    )),
    "homebound": (0.06, (
        "homebound, housebound, frail, unable to shop, unable to cook, unable to leave, shut-in, unable to prepare"
    )),
    "mental_illness": (0.2, (
        "mental illness, mentally ill, mental health, mental disorder, mood disorder, panic disorder, personality disorder, "
        "psychiatric, emotionally disturbed, emotional "
        "disturbance, emotional problems, depression, depressed, anxiety, schizophrenia, bipolar, psychosis, mental health "
        "disability, psychiatric disability, emotional disability, emotionally handicapped, emotional impairment, emotional "
        "disorder, psychological disability, psychological impairment, psychological disorder, psychiatric impairment, "
        "psychiatric handicap, behavioral disability, behavioral disorder, psychosocial rehabilitation"
    )),
    "serious_mental_illness": (0.1, (
        "seriously mentally ill, severely mentally ill, chronically mentally ill, serious mental illness, severe mental "
        "illness, chronic mental illness, persistent mental illness, serious mental disorder, serious emotional disturbance, "
        "seriously emotionally disturbed, severely emotionally disturbed, severe emotional disturbance, secondary mental health, "
        "community mental health team, psychiatric team, psychiatric illness, living with mental illness, "
        "living with a mental illness, live with mental illness, live with a mental illness"
    )),
    "substance_use": (0.08, (
        "substance abuse, substance abuser, substance use, addict, addiction, addicted, alcohol, alcoholic, alcoholism, "
        "drug, drug abuse, chemical dependency, chemically dependent, in recovery, sober, stop drinking, stop using, "
        "opiate, opioid, heroin, methadone, detox, detoxification"
    )),
    "smoker": (0.1, "smoker, smoking, tobacco, nicotine"),
    "gambling": (0.02, "gambling, gambler"),
    "eating_disorder": (0.02, "eating disorder, eating compulsively, overeater, anorexia, bulimia"),
    "cancer": (0.03, "cancer, leukemia, tumor, oncology, lymphoma"),
    "dementia": (0.03, "dementia, alzheimer, alzheimers, memory loss, memory impairment"),
    "hiv": (0.01, "hiv, living with aids, people with aids, persons with aids, individuals with aids, against aids, hopwa"),
    "chronic_illness": (0.2, (
        "chronic illness, chronically ill, chronic condition, long term condition, chronic disease, chronic pain, diabetes, "
        "diabetic, cardiac rehab, cardiac rehabilitation, cardiac patient, pulmonary rehabilitation, heart failure, "
        "heart disease, heart attack, arthritis, asthma, copd, neurologically impaired"
    )),
    "one_illness": (0.02, (
        "stroke, parkinson, parkinsons, multiple sclerosis, epilepsy, lupus, kidney disease, dialysis, brain injury, brain "
        "injured, crohn, hemophilia, cystic fibrosis, ostomy, ostomate, colostomy, sickle cell, muscular dystrophy, amyotrophic "
        "lateral sclerosis, als association, als patient, scleroderma, huntington disease, huntingtons disease, marfan syndrome, "
        "myasthenia gravis, dystonia, ataxia, spina bifida, machado-joseph disease, adhd, attention deficit, "
        "obsessive compulsive, ocd, tourette, alopecia, cleft lip, fibromyalgia, endometriosis, celiac, psoriasis, narcolepsy, "
        "neuromuscular disease, neuromuscular disorder, lymphedema, sarcoidosis, vitiligo, hydrocephalus, albinism, "
        "scoliosis, burn survivor"
    )),
    "terminal_illness": (0.01, (
        "terminal illness, terminally ill, life-threatening illness, life-limiting, life expectancy, hospice, end of "
        "life, dying"
    )),
    "inpatient": (0.02, ""),
    "care_home_resident": (0.03, ""),
    "bereaved": (0.1, (
        "bereaved, bereavement, grieving, grief, loss of a loved one, lost a loved one"
    )),
    "widowed": (0.04, (
        "widow, widower, widowed, loss of a spouse, lost a spouse, loss of a partner, loss of a husband, loss of a wife, "
        "lost a partner, death of a spouse, death of a partner, lost their spouse, loss of their spouse"
    )),
    "lost_a_child": (0.01, (
        "pregnancy loss, infant loss, loss of a child, loss of their child, lost a child, lost a baby, death of a child, "
        "death of their child, child who died, miscarriage, stillbirth, perinatal loss"
    )),
    "lost_to_suicide": (0.01, "survivors of suicide, suicide loss, lost to suicide, suicide survivors"),
    "domestic_violence": (0.05, (
        "domestic violence, domestic abuse, battered, abused women, abused person, abused adult, abused spouse, intimate "
        "partner, family violence, abusive relationship, violent relationship, abusive partner, abusive spouse, abusive husband, "
        "abusive marriage, violent partner, violent husband"
    )),
    "sexual_assault_survivor": (0.03, (
        "rape, sexual assault, sexually assaulted, sexual abuse, sexually abused, sexual violence, incest, molested"
    )),
    "crime_victim": (0.03, (
        "crime victim, victims of crime, witnessed a crime, experienced a crime, impacted by crime, affected by crime, "
        "victims of drunk drivers, victims of violent crime, victims of violence, victims and witnesses, "
        "victims of federal crime, sexual exploitation, sexually exploited, homicide, non-offending caregiver, "
        "non-offending parent, non-offending family member"
    )),
    "trauma_of_war": (0.01, "torture, war survivor, holocaust, genocide"),
    "student": (0.1, (
        "registered student, enrolled student, current student, college student, university student, high school student, "
        "full-time student, middle school student, district student, special education student, undergraduate, enrolled "
        "at the college, enrollment at high school, student of, part-time student"
    )),
    "tenant": (0.5, "tenant, renter, section 8, voucher holder"),
    "home_owner": (0.3, "homeowner, home owner, own their home, property owner"),
    "benefit_recipient": (0.3, (
        "tanf, calworks, general assistance, public assistance, welfare, snap, food stamps, capi, benefit recipient, on "
        "benefits, universal credit, free school meals"
    )),
    "in_crisis": (0.1, (
        "in crisis, in psychological crisis, in emotional crisis, in mental health crisis, "
        "in an emergency, emergency situation, suicidal, experiencing crisis, psychiatric emergency, psychiatric "
        "crisis"
    )),
    "farm_worker": (0.01, "farm worker, farmworker, agricultural worker, day laborer, seasonal worker"),
    "of_one_employer": (0.03, "union member, employees of, city employee, retirees of, faculty, alumni, alumnus"),
    "client_already": (0.03, "current client, existing client, enrolled client, current patient, existing patient"),
    "faith": (0.2, (
        "jewish, catholic, christian, muslim, buddhist, hindu, belief in god, church member, synagogue, parishioner, "
        "lutheran, mormon"
    )),
    "heritage": (0.15, "ethnic minority, people of color, ancestry, black and minority ethnic, bame"),
    "african_american": (0.15, "african american, black"),
    "african": (0.02, "african immigrant, african refugee, somali, nigerian, west african, east african, congolese, sudanese"),
    "ethiopian": (0.01, "ethiopian, eritrean"),
    "haitian": (0.02, "haitian"),
    "latino": (0.15, (
        "latino, latina, latinx, latine, hispanic, mexican american, puerto rican, cuban, central american, salvadoran, chicano"
    )),
    "native_american": (0.02, "native american, american indian, alaska native, tribal member"),
    "pacific_islander": (0.02, "pacific islander, pacific island, tongan, samoan, native hawaiian"),
    "asian": (0.06, "asian, asian american, asian pacific american, asian pacific islander, south east asian, southeast asian"),
    "chinese": (0.03, "chinese, chinese american"),
    "filipino": (0.02, "filipino, filipina, filipino american"),
    "japanese": (0.01, "japanese, japanese american"),
    "korean": (0.01, "korean, korean american"),
    "vietnamese": (0.01, "vietnamese, vietnamese american"),
    "south_asian": (0.02, "south asian, asian indian, indian american, pakistani, bangladeshi, bengali, sri lankan, nepali"),
    "arab": (0.01, "arab, arab american, middle eastern, palestinian, yemeni, syrian, iraqi"),
    "of_another_origin": (0.02, ""),
    "musician": (0.05, "musician, read music, sight-read music, singer, audition"),
    "anybody": (1.0, (
        "obtain legal status, obtaining legal status, become citizen, becoming citizen, become a citizen, apply for citizenship, "
        "applying for citizenship, obtain citizenship, path to citizenship, pathway to citizenship, citizenship test, "
        "citizenship class, senior citizen, citizens of, citizens in, local citizens, private citizen, become homeowner, "
        "becoming homeowner, prospective homeowner, concerned citizen, welfare and institution, next of kin, newborn to, "
        "newborn through, leaving care home, leaving care facility, responsible citizen, productive citizen, good "
        "citizen"
    )),
}  # fmt: skip
"""Each circumstance: our rough guess of how many of the people who are referred it is true of, and how records write it.

The shares only order what nobody has asked about: a service for veterans is for one in twenty-five. Words are compared
by their stems, the longest first, so that "senior citizen" is not a citizen and "learning disabled" not disabled. Age has
a rule of its own, so that `anybody` is here for its words only.
"""
CIRCUMSTANCES = frozenset(SHARES_AND_WORDS)


OF_FEW = frozenset(one for one, (share, _) in SHARES_AND_WORDS.items() if share <= 0.15) - {"student"}
"""What at most one in seven is: who says so of themselves is helped best where it is spoken of. Pupils are helped anywhere."""
SPOKEN_IN: Mapping[str, str] = {
    "latino": "es gn quc mam qu nah mix", "haitian": "ht", "ethiopian": "am ti om", "african": "so sw yo ig ha ln wo tw ak rw",
    "chinese": "zh yue wuu nan hak cdo", "filipino": "tl ceb ilo hil pam pag war bik", "japanese": "ja", "korean": "ko",
    "vietnamese": "vi", "asian": "km lo th my hmn ium mn id ms bo", "pacific_islander": "to sm mh pau haw ch",
    "south_asian": "hi ur pa phr gu bn syl ta te ml kn mr ne si dv", "arab": "ar", "native_american": "nv",
}  # fmt: skip
"""The communities that services are made for, and the languages by which somebody is known as one of theirs."""
COMMUNITIES = frozenset({*SPOKEN_IN, "african_american"})
CONDITIONS = frozenset({
    "developmental_disability", "disability", "deaf", "visual_impairment", "mental_illness", "substance_use", "cancer",
    "dementia", "hiv", "chronic_illness", "one_illness", "terminal_illness", "eating_disorder",
})  # fmt: skip
"""What somebody who is cared for may have: one that is told makes the others unlikely."""
OF_WHOEVER_CARES = frozenset({"raises_a_relative", "adopts_or_fosters"})
"""What is true of those who care and not of whom they care for: of a grandchild who is brought up nothing else is likely."""
WIDER: Mapping[str, str] = {"one_illness": "chronic_illness", "widowed": "bereaved"}
"""What is a wider word for it: of whom that is true, one in three is one of these."""
ONE_IN_THREE = 0.3
HURT = frozenset({"domestic_violence", "sexual_assault_survivor", "crime_victim", "trauma_of_war"})
IN_NAMES = frozenset({
    "veteran", "detained", "limited_english", "abuser", "cancer", "hiv", "developmental_disability", "deaf", "visual_impairment",
    "foster_youth", "lost_a_child", "lost_to_suicide", "one_illness",
})  # fmt: skip
"""What a name says plainly of whom it is for; other words stand in names for other reasons."""
LAST_OF_CHILDHOOD = 17
